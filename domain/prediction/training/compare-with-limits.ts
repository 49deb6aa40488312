import type { Dataset } from '../dataset.js';
import type { HistoryColumns } from '../layout.js';
import { confusionAt, prAuc } from '../metrics.js';
import type { Metrics } from '../model.js';
import { bestAlarmLimit } from './alarm-limit.js';
import { AlarmJudge, type AlarmRecord } from './alarm-record.js';
import type { CrossFitted } from './cross-fit.js';
import { splitFold } from './folds.js';
import type { HeldOut } from './train-classifier.js';

type Merit = (record: AlarmRecord) => number;

/** Below every merit that can be reached. */
const OUT_OF_QUESTION = -1e6;

/**
 * The model beside fixed limits of single readings. Every limit is chosen on the other folds: first by the worth of its alarms,
 * as the model's threshold is; the best reading then also such that it is as sparing with false alarms as the model is there,
 * and such that its notice is longest, whatever that costs. Below stands the model where it has never seen the row's kind.
 */
export function compareWithLimits(
  dataset: Dataset,
  heldOut: HeldOut,
  { limits }: HistoryColumns,
): Metrics['comparison'] {
  const { target, history } = dataset;
  const judge = new AlarmJudge(dataset);
  const row = (name: string, score: ArrayLike<number>, called: ArrayLike<number>) => {
    const { worth: _, ...alarms } = judge.judge((at) => called[at] === 1);
    const figures = { prAuc: prAuc(score, target), f1: confusionAt(called, target, 0.5).f1, ...alarms };
    return { name, figures: Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, short(value)])) };
  };
  const rowOf = (name: string, { probability, called }: CrossFitted) => row(name, probability, called);
  const limited = (label: string, column: string, meritOf?: (ofModel: AlarmRecord) => Merit) => {
    const score = history![column]!;
    return row(label, score, calledByLimit(dataset, heldOut, score, meritOf));
  };
  const best = [...limits].sort((a, b) => areaOf(b.column) - areaOf(a.column))[0]!;
  function areaOf(column: string): number {
    return prAuc(history![column]!, target);
  }
  return [
    rowOf('this model', heldOut),
    ...limits.map(({ column, label }) => limited(label, column)),
    limited(`${best.label}, no more false alarms than the model`, best.column, asSparing),
    limited(`${best.label}, set for the longest notice`, best.column, asEarly),
    ...heldOut.strangers.map(({ label, ...said }) => rowOf(`this model, ${label} never seen`, said)),
  ];
}

function calledByLimit(
  dataset: Dataset,
  { fold, called: byModel }: HeldOut,
  score: Float64Array,
  meritOf?: (ofModel: AlarmRecord) => Merit,
): Uint8Array {
  const called = new Uint8Array(score.length);
  for (const held of new Set(fold)) {
    const { train, test } = splitFold(fold, held);
    const merit = meritOf?.(new AlarmJudge(dataset, train).judge((at) => byModel[at] === 1));
    const limit = bestAlarmLimit(dataset, score, train, merit);
    for (const at of test) called[at] = score[at]! >= limit ? 1 : 0;
  }
  return called;
}

const asSparing = (model: AlarmRecord): Merit => {
  return ({ falsePer100h, leadMedianMin }) =>
    falsePer100h <= model.falsePer100h ? leadMedianMin : OUT_OF_QUESTION - falsePer100h;
};

const asEarly = (): Merit => {
  return ({ leadMedianMin }) => leadMedianMin;
};

const short = (value: number): number => Number(value.toPrecision(6));
