import { Injectable } from '@nestjs/common';
import type { LabelledHistoryDto } from '#domain/contract/prediction-model.js';
import {
  type PredictionSample,
  plantHistoryCells,
  runsToLearnFrom,
  type ToolRun,
  toolRuns,
} from '#domain/prediction/live-history.js';
import { PredictionsRepository } from './predictions.repository.js';

/** Failures below which a plant has too little to learn from. */
export const FEWEST_FAILURES = 30;
/** Numbers of runs of the plant begin here, so that none is that of a generated one. */
const FIRST_RUN = 1_000_000;

/** What this plant has seen of tools from their first cut to their failure. */
@Injectable()
export class PlantHistory {
  constructor(private readonly predictions: PredictionsRepository) {}

  async count(): Promise<LabelledHistoryDto> {
    let rows = 0;
    let failures = 0;
    for await (const runs of this.runsByLathe()) {
      failures += runs.length;
      for (const { samples } of runs) rows += samples.length;
    }
    return { rows, failures, needed: FEWEST_FAILURES };
  }

  /** Records in the columns of HISTORY_HEADER. */
  async records(): Promise<string[][]> {
    const records: string[][] = [];
    let firstRun = FIRST_RUN;
    for await (const runs of this.runsByLathe()) {
      for (const cells of plantHistoryCells(runs, firstRun)) records.push(cells);
      firstRun += runs.length;
    }
    return records;
  }

  /** Lathe by lathe, so that what has come to nothing is not kept while the others are read. */
  private async *runsByLathe(): AsyncGenerator<ToolRun[]> {
    let samples: PredictionSample[] = [];
    for await (const sample of this.predictions.between(0, Date.now())) {
      if (samples.length > 0 && samples[0]!.latheId !== sample.latheId) {
        yield runsToLearnFrom(toolRuns(samples));
        samples = [];
      }
      samples.push(sample);
    }
    yield runsToLearnFrom(toolRuns(samples));
  }
}
