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
    const runs = await this.runs();
    const rows = runs.reduce((sum, { samples }) => sum + samples.length, 0);
    return { rows, failures: runs.length, needed: FEWEST_FAILURES };
  }

  /** Records in the columns of HISTORY_HEADER. */
  async records(): Promise<string[][]> {
    return [...plantHistoryCells(await this.runs(), FIRST_RUN)];
  }

  private async runs(): Promise<ToolRun[]> {
    const samples: PredictionSample[] = [];
    for await (const sample of this.predictions.between(0, Date.now())) samples.push(sample);
    return runsToLearnFrom(toolRuns(samples));
  }
}
