import type { WearPredictor, WearRecord } from './wear-fit.js';

/** A tool that begins below this wear shows its curve from the beginning, mm. */
const FRESH_MM = 0.02;
/** Steps in which a mean curve is kept, min. */
const STEP_MIN = 1 / 60;

/** The simplest peer of a wear model: wear rises from the first reading at one rate, that of least squares over `records`. */
export function fitStraightLine(records: readonly WearRecord[]): WearPredictor {
  let across = 0;
  let both = 0;
  for (const { minutes, wearMm } of records) {
    // every tool counts the same, as in the fit of the model
    both += meanOver(minutes, (minute, i) => minute * (wearMm[i]! - wearMm[0]!));
    across += meanOver(minutes, (minute) => minute * minute);
  }
  const rate = across > 0 ? both / across : 0;
  return ({ minutes, wearMm }) => minutes.map((minute) => wearMm[0]! + rate * minute);
}

/**
 * The mean wear curve of `records`: at every time the mean rate of the tools that still cut, added up; beyond the longest
 * tool it goes on at its last rate. A tool that begins worn enters where the curve has that wear.
 */
export function fitMeanCurve(records: readonly WearRecord[]): WearPredictor {
  const fresh = records.filter(({ wearMm }) => wearMm[0]! <= FRESH_MM);
  const curve = addUpRates(fresh.length > 0 ? fresh : records);
  return ({ minutes, wearMm }) => {
    const enters = timeOf(curve, wearMm[0]!);
    const offset = wearMm[0]! - wearOn(curve, enters);
    return minutes.map((minute) => offset + wearOn(curve, enters + minute));
  };
}

/** Wear at multiples of STEP_MIN from 0 on. */
function addUpRates(records: readonly WearRecord[]): number[] {
  const longest = Math.max(...records.map(({ minutes }) => minutes.at(-1)!));
  const curve = [0];
  for (let step = 1; step * STEP_MIN <= longest + 1e-9; step++) {
    const rates = records
      .filter(({ minutes }) => minutes.at(-1)! >= step * STEP_MIN - 1e-9)
      .map((record) => wearIn(record, step * STEP_MIN) - wearIn(record, (step - 1) * STEP_MIN));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    curve.push(curve.at(-1)! + mean);
  }
  return curve;
}

/** Measured wear of a record at a time, between its rows by a straight line, mm. */
function wearIn({ minutes, wearMm }: WearRecord, minute: number): number {
  const after = minutes.findIndex((at) => at >= minute - 1e-12);
  if (after < 0) return wearMm.at(-1)!;
  if (after === 0) return wearMm[0]!;
  const share = (minute - minutes[after - 1]!) / (minutes[after]! - minutes[after - 1]!);
  return wearMm[after - 1]! + share * (wearMm[after]! - wearMm[after - 1]!);
}

/** Wear on a curve at a time in min; beyond its end it goes on at the mean rate of its last minute. */
function wearOn(curve: readonly number[], minute: number): number {
  const last = curve.length - 1;
  const place = minute / STEP_MIN;
  if (place >= last) {
    const tail = Math.min(last, Math.round(1 / STEP_MIN));
    const rate = tail > 0 ? (curve[last]! - curve[last - tail]!) / tail : 0;
    return curve[last]! + (place - last) * rate;
  }
  const below = Math.floor(place);
  return curve[below]! + (place - below) * (curve[below + 1]! - curve[below]!);
}

/** Time at which a curve first has a wear, min; its end where it never has. */
function timeOf(curve: readonly number[], wearMm: number): number {
  const after = curve.findIndex((wear) => wear >= wearMm);
  if (after < 0) return (curve.length - 1) * STEP_MIN;
  if (after === 0) return 0;
  const share = (wearMm - curve[after - 1]!) / (curve[after]! - curve[after - 1]!);
  return (after - 1 + share) * STEP_MIN;
}

function meanOver(values: readonly number[], of: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + of(value, i), 0) / values.length;
}
