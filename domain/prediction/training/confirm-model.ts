import type { Dataset } from '../dataset.js';
import type { LiveModel } from '../live-model.js';
import { coverage, expectedCalibrationError, prAuc } from '../metrics.js';
import { bestAlarmLimit } from './alarm-limit.js';
import { type AlarmRecord, alarmRecord } from './alarm-record.js';
import { lifeOf } from './fit-remaining-life.js';

export interface ConfirmedRow extends Omit<AlarmRecord, 'worth'> {
  name: string;
  prAuc: number;
  /** of a fixed limit, which tells no probability: null */
  calibrationError: number | null;
  lifeCoverage: number | null;
}

/**
 * A finished model beside fixed limits on histories that none of them has seen.
 * @param seen - histories that the model was trained on; the limits are set on them
 * @param fresh - histories of other tools
 */
export function confirmModel(model: LiveModel, seen: Dataset, fresh: Dataset): ConfirmedRow[] {
  const { target, inputs, history, layout } = fresh;
  const risk = new Float64Array(inputs.rows);
  model.probabilities(inputs.values, inputs.rows, risk);
  const alarmsOf = (name: string, score: Float64Array, limit: number) => {
    const { worth: _, ...record } = alarmRecord(fresh, (row) => score[row]! >= limit);
    return { name, prAuc: prAuc(score, target), ...record };
  };
  return [
    {
      ...alarmsOf('this model', risk, model.threshold),
      calibrationError: expectedCalibrationError(risk, target),
      lifeCoverage: lifeCoverage(model, fresh),
    },
    ...(layout.history?.limits ?? []).map(({ column, label }) => {
      const limit = bestAlarmLimit(seen, seen.history![column]!, seen.target.keys());
      return { ...alarmsOf(label, history![column]!, limit), calibrationError: null, lifeCoverage: null };
    }),
  ];
}

function lifeCoverage(judge: LiveModel, fresh: Dataset): number | null {
  if (!judge.model.remainingLife) return null;
  const { remaining, estimate, used } = lifeOf(fresh);
  const told = Array.from(remaining, (_, row) => judge.remainingLife(used[row]!, estimate[row]!));
  return coverage(
    told.map(({ p10 }) => p10),
    told.map(({ p90 }) => p90),
    remaining,
  );
}
