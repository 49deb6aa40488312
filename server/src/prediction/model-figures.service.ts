import { Injectable } from '@nestjs/common';
import type { DriftDto, ScoreBoardDto } from '#domain/contract/prediction-model.js';
import { driftOf, FEWEST_ROWS_FOR_DRIFT } from '#domain/prediction/live-drift.js';
import { type PredictionSample, type ToolRun, toolRuns } from '#domain/prediction/live-history.js';
import { type JudgedAlert, scoreOf } from '#domain/prediction/live-score.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { NotFoundError } from '../common/errors.js';
import { ModelsRepository } from './models.repository.js';
import { ModelNotForLathesError } from './prediction.errors.js';
import { PredictionsRepository } from './predictions.repository.js';
import { readEntry } from './registered-model.js';
import { VerdictsRepository } from './verdicts.repository.js';

export interface Period {
  from?: string | undefined;
  to?: string | undefined;
}

const DRIFT_SPAN_MS = DAY_MS;
const SCORE_SPAN_MS = 7 * DAY_MS;
/** Enough to tell drift; more would only take longer. */
const MOST_ROWS = 20_000;
/** For what no model has judged and for versions that are gone. */
const USUAL_THRESHOLD = 0.5;

interface Judge {
  name: string;
  version: string;
  shadow: boolean;
}

/** How models do in this plant, by what is stored of their predictions and of what came of them. */
@Injectable()
export class ModelFigures {
  constructor(
    private readonly models: ModelsRepository,
    private readonly predictions: PredictionsRepository,
    private readonly verdicts: VerdictsRepository,
  ) {}

  /** How far readings have moved from those that a model was trained on. @throws NotFoundError, ModelNotForLathesError */
  async drift(name: string, version: string, period: Period): Promise<DriftDto> {
    const stored = await this.models.find(name, version);
    if (!stored) throw new NotFoundError('model', `${name} ${version}`);
    if (!stored.summary.forLathes) throw new ModelNotForLathesError(`${name} ${version}`, stored.summary.layout);
    const { fromMs, toMs } = spanOf(period, DRIFT_SPAN_MS);
    const rows = await this.predictions.newestRows(fromMs, toMs, MOST_ROWS);
    return {
      name,
      version,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      rows: rows.length,
      enough: rows.length >= FEWEST_ROWS_FOR_DRIFT,
      features: driftOf(readEntry(stored).model, rows),
    };
  }

  async scoreBoard(period: Period): Promise<ScoreBoardDto> {
    const { fromMs, toMs } = spanOf(period, SCORE_SPAN_MS);
    const samples: PredictionSample[] = [];
    for await (const sample of this.predictions.between(fromMs, toMs)) samples.push(sample);
    const runs = toolRuns(samples);
    const verdicts = await this.verdicts.between(fromMs, toMs);
    const thresholds = new Map(
      (await this.models.list()).map(({ name, version, summary }) => [`${name} ${version}`, summary.threshold]),
    );
    const thresholdOf = ({ name, version }: { name: string; version: string }) =>
      thresholds.get(`${name} ${version}`) ?? USUAL_THRESHOLD;
    const lathes = [...new Set(runs.map(({ latheId }) => latheId))].sort((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      models: judgesOf(samples).map((judge) => ({
        ...judge,
        ...scoreJudge(runs, judge, thresholdOf(judge), verdicts),
      })),
      lathes: lathes.map((latheId) => ({
        latheId,
        ...scoreLathe(
          runs.filter((run) => run.latheId === latheId),
          thresholdOf,
          verdicts,
        ),
      })),
    };
  }
}

function judgesOf(samples: readonly PredictionSample[]): Judge[] {
  const judges = new Map<string, Judge>();
  const note = ({ name, version }: { name: string; version: string }, shadow: boolean) =>
    judges.set(`${name} ${version} ${shadow}`, { name, version, shadow });
  for (const { model, challenger } of samples) {
    note(model, false);
    if (challenger) note(challenger, true);
  }
  return [...judges.values()];
}

function scoreJudge(runs: readonly ToolRun[], judge: Judge, threshold: number, verdicts: readonly JudgedAlert[]) {
  const risks = runs.map(({ samples }) =>
    samples.map(({ model, failureProbability, challenger }) => {
      const said = judge.shadow ? challenger : { ...model, failureProbability };
      return said?.name === judge.name && said.version === judge.version ? said.failureProbability : null;
    }),
  );
  const rows = risks.reduce((sum, own) => sum + own.filter((risk) => risk !== null).length, 0);
  // people judge what they were told: a silent model is judged by what happened alone
  return { rows, ...scoreOf(runs, risks, threshold, judge.shadow ? [] : verdicts) };
}

/** Each sample against the threshold of the model that has judged it: 1 from there on, so that versions can be mixed. */
function scoreLathe(
  runs: readonly ToolRun[],
  thresholdOf: (model: { name: string; version: string }) => number,
  verdicts: readonly JudgedAlert[],
) {
  const risks = runs.map(({ samples }) => samples.map(({ failureProbability }) => failureProbability));
  const warned = runs.map(({ samples }) =>
    samples.map(({ model, failureProbability }) => (failureProbability >= thresholdOf(model) ? 1 : 0)),
  );
  return { ...scoreOf(runs, warned, 1, verdicts), brier: scoreOf(runs, risks, 1, []).brier };
}

function spanOf({ from, to }: Period, usualMs: number): { fromMs: number; toMs: number } {
  const toMs = to ? Date.parse(to) : Date.now();
  return { toMs, fromMs: from ? Date.parse(from) : toMs - usualMs };
}
