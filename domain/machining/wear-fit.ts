import { nelderMead } from '../statistics/nelder-mead.js';
import { BREAKAGE_WEAR_MM, flankWearMm, lifeUsedAt } from './tool-life.js';

/** Measured flank wear of one tool, row by row in the order of time. */
export interface WearRecord {
  tool: string;
  /** minutes in the cut since the first reading; ascending from 0 */
  minutes: readonly number[];
  /** cutting speed that led to each row, m/min */
  cuttingSpeedMPerMin: readonly number[];
  /** VB, mm */
  wearMm: readonly number[];
}

/** Tells the wear at every row of a record from its first reading, its times and its speeds: it sees no later reading. */
export type WearPredictor = (record: WearRecord) => number[];

/** The wear model with constants of its own: VB = scale x 0.3 mm x phi(u), du = dt/T, T = lifeMin (reference / vc)^(1/n). */
export interface WearLaw {
  /** tool life to the wear limit at the reference speed, min */
  lifeMin: number;
  referenceSpeedMPerMin: number;
  taylorN: number;
  /** stretches the whole curve in height; 1 in the simulator */
  scale: number;
}

/** Wear by `law` at every row, from the first reading on, mm. */
export function predictWear(law: WearLaw, record: WearRecord): number[] {
  const { minutes, cuttingSpeedMPerMin, wearMm } = record;
  let lifeUsed = lifeUsedAt((wearMm[0] ?? 0) / law.scale);
  return minutes.map((minute, i) => {
    if (i > 0) lifeUsed += (minute - minutes[i - 1]!) / lifeAtMin(law, cuttingSpeedMPerMin[i]!);
    return law.scale * flankWearMm(lifeUsed);
  });
}

/** Tool life by `law` at a cutting speed in m/min, min. */
export function lifeAtMin(law: WearLaw, cuttingSpeedMPerMin: number): number {
  return law.lifeMin * (law.referenceSpeedMPerMin / cuttingSpeedMPerMin) ** (1 / law.taylorN);
}

/** What a fit may change; the life always. */
export interface FitOptions {
  /** held where `fitExponent` is false or the speeds hardly differ */
  taylorN: number;
  /** default false */
  fitExponent?: boolean;
  /** default false */
  fitScale?: boolean;
}

/** Lives between which a fit begins its search, min. */
const SEARCH_FROM_MIN = 0.05;
const SEARCH_TO_MIN = 10_000;
const SEARCH_POINTS = 80;
/** Greatest speed per least from which on they tell an exponent. */
const TELLING_SPEEDS = 1.05;
const EXPONENTS = { least: 0.05, most: 1 };
const SCALES = { least: 0.2, most: 5 };

/**
 * The law whose curves come closest to `records`: least mean of the tools' mean squared errors, so that every tool counts the
 * same however long it lasted.
 * @param records - at least one, each with a row
 * @throws RangeError without records
 */
export function fitWearLaw(records: readonly WearRecord[], options: FitOptions): WearLaw {
  const [slowest, fastest] = speedRange(records);
  const referenceSpeedMPerMin = Math.sqrt(slowest * fastest);
  const freeExponent = options.fitExponent === true && fastest / slowest >= TELLING_SPEEDS;
  const freeScale = options.fitScale === true;
  const lawOf = ([logLife, ...rest]: readonly number[]): WearLaw => ({
    lifeMin: Math.exp(logLife!),
    referenceSpeedMPerMin,
    taylorN: freeExponent ? rest[0]! : options.taylorN,
    scale: freeScale ? rest.at(-1)! : 1,
  });
  const cost = (at: readonly number[]): number => {
    const law = lawOf(at);
    const within =
      law.taylorN >= EXPONENTS.least &&
      law.taylorN <= EXPONENTS.most &&
      law.scale >= SCALES.least &&
      law.scale <= SCALES.most;
    return within ? meanSquaredError(records, (record) => predictWear(law, record)) : Number.NaN;
  };
  const rest = [...(freeExponent ? [options.taylorN] : []), ...(freeScale ? [1] : [])];
  const start = [bestStart((logLife) => cost([logLife, ...rest])), ...rest];
  const steps = [0.2, ...(freeExponent ? [0.05] : []), ...(freeScale ? [0.1] : [])];
  return lawOf(nelderMead(cost, start, { steps }).at);
}

function speedRange(records: readonly WearRecord[]): [slowest: number, fastest: number] {
  const speeds = records.flatMap(({ cuttingSpeedMPerMin }) => [...cuttingSpeedMPerMin]);
  if (speeds.length === 0) throw new RangeError('no wear readings to fit to');
  return [Math.min(...speeds), Math.max(...speeds)];
}

/** Logarithm of the life on a coarse grid from which the cost is least. */
function bestStart(cost: (logLife: number) => number): number {
  const from = Math.log(SEARCH_FROM_MIN);
  const step = (Math.log(SEARCH_TO_MIN) - from) / (SEARCH_POINTS - 1);
  let best = { at: from, cost: Number.POSITIVE_INFINITY };
  for (let i = 0; i < SEARCH_POINTS; i++) {
    const at = from + i * step;
    const value = cost(at);
    if (value < best.cost) best = { at, cost: value };
  }
  return best.at;
}

function meanSquaredError(records: readonly WearRecord[], predict: WearPredictor): number {
  const each = records.map((record) => wearError(record, predict(record)).rmseMm ** 2);
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

export interface WearError {
  rows: number;
  /** mean absolute error, mm; NaN without rows */
  maeMm: number;
  /** root mean square error, mm; NaN without rows */
  rmseMm: number;
}

/**
 * Error of predicted wear over the rows after the first, which every predictor is given.
 * @param upToMm - leaves out rows that were measured above this wear; default: none
 */
export function wearError(
  record: WearRecord,
  predictedMm: readonly number[],
  upToMm = Number.POSITIVE_INFINITY,
): WearError {
  let rows = 0;
  let absolute = 0;
  let squared = 0;
  for (let i = 1; i < record.wearMm.length; i++) {
    if (record.wearMm[i]! > upToMm) continue;
    const off = Math.min(predictedMm[i]!, WORST_MM) - record.wearMm[i]!;
    rows++;
    absolute += Math.abs(off);
    squared += off * off;
  }
  return {
    rows,
    maeMm: rows > 0 ? absolute / rows : Number.NaN,
    rmseMm: rows > 0 ? Math.sqrt(squared / rows) : Number.NaN,
  };
}

/** A curve that has run away is off by no more than this counts: the edge has long given way. */
const WORST_MM = 4 * BREAKAGE_WEAR_MM;

/** Minutes from the first row until the wear passes `limitMm`, between rows by a straight line; undefined where it does not. */
export function minutesTo(limitMm: number, minutes: readonly number[], wearMm: readonly number[]): number | undefined {
  const i = wearMm.findIndex((wear) => wear >= limitMm);
  if (i < 0) return undefined;
  if (i === 0) return 0;
  const share = (limitMm - wearMm[i - 1]!) / (wearMm[i]! - wearMm[i - 1]!);
  return minutes[i - 1]! + share * (minutes[i]! - minutes[i - 1]!);
}
