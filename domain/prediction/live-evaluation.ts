import { readDataset } from './dataset.js';
import type { LiveModel } from './live-model.js';
import { brierScore, confusionAt, coverage, expectedCalibrationError, prAuc, rocAuc } from './metrics.js';
import { HISTORY_HEADER, historyCells, runsToFailure } from './run-to-failure.js';
import { layoutOf } from './table-layout.js';
import { alarmRecord } from './training/alarm-record.js';
import { lifeOf } from './training/fit-remaining-life.js';

/** Seed of the histories that models are compared on; no training uses it. */
export const EVALUATION_SEED = 3_141_592_653;
export const EVALUATION_RUNS = 40;

export type EvaluationSet = ReturnType<typeof evaluationSet>;

/** Tools run to their end on jobs, machines and faults that no model has seen. */
export function evaluationSet(runs = EVALUATION_RUNS, seed = EVALUATION_SEED) {
  const records: string[][] = [];
  for (const run of runsToFailure(runs, seed)) for (const cells of historyCells(run)) records.push(cells);
  const table = { header: HISTORY_HEADER, records };
  return { dataset: readDataset(table, layoutOf(table)), table };
}

/** How a model does on such a set. Figures by their name: probabilities, alarms, remaining life. */
export function evaluate(model: LiveModel, { dataset }: EvaluationSet): Record<string, number> {
  const { inputs, target } = dataset;
  const probability = new Float64Array(inputs.rows);
  model.probabilities(inputs.values, inputs.rows, probability);
  const { precision, recall, f1 } = confusionAt(probability, target, model.threshold);
  const alarms = alarmRecord(dataset, (row) => probability[row]! >= model.threshold);
  const { remaining, estimate, used } = lifeOf(dataset);
  const life = Array.from(estimate, (minutes, row) => model.remainingLife(used[row]!, minutes));
  return {
    prAuc: prAuc(probability, target),
    rocAuc: rocAuc(probability, target),
    brier: brierScore(probability, target),
    ece: expectedCalibrationError(probability, target),
    precision,
    recall,
    f1,
    found: alarms.found,
    leadMedianMin: alarms.leadMedianMin,
    leadP10Min: alarms.leadP10Min,
    falsePer100h: alarms.falsePer100h,
    lifeCoverage: coverage(
      life.map(({ p10 }) => p10),
      life.map(({ p90 }) => p90),
      remaining,
    ),
  };
}

/** A newer model may lose so much and still pass the gate: more is not chance. */
const GATE = { prAuc: 0.01, brier: 0.003, mostEce: 0.03, coverage: [0.7, 0.92] } as const;

/**
 * The fixed gate that a model has to pass before a person may sensibly activate it.
 * @returns what speaks against it, in words; empty: it passes
 */
export function gateObjections(candidate: Record<string, number>, present: Record<string, number>): string[] {
  const objections: string[] = [];
  const { prAuc, brier, ece, lifeCoverage } = candidate as Record<'prAuc' | 'brier' | 'ece' | 'lifeCoverage', number>;
  if (prAuc < present['prAuc']! - GATE.prAuc) objections.push('it finds fewer failures at the same number of warnings');
  if (brier > present['brier']! + GATE.brier) objections.push('its probabilities lie farther from what happened');
  if (ece > GATE.mostEce) objections.push('its probabilities are not calibrated');
  if (lifeCoverage < GATE.coverage[0] || lifeCoverage > GATE.coverage[1]) {
    objections.push('its remaining life is not where it says in four of five cases');
  }
  return objections;
}
