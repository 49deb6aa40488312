import { fnv1a32, nextUniform } from '#domain/machining/random.js';
import { WEAR_LIMIT_MM } from '#domain/machining/tool-life.js';
import {
  fitWearLaw,
  minutesTo,
  predictWear,
  type WearLaw,
  type WearPredictor,
  type WearRecord,
  wearError,
} from '#domain/machining/wear-fit.js';
import { fitMeanCurve, fitStraightLine } from '#domain/machining/wear-peers.js';
import { describeNumbers, meanOf } from '#domain/statistics/describe.js';

export type MethodId = 'given' | 'life' | 'lifeAndHeight' | 'straightLine' | 'meanCurve' | 'hindsight';

/** How a method did on one tool that it had not seen (`given`: of which it knows nothing; `hindsight`: that it was fitted to). */
export interface ToolScore {
  tool: string;
  maeMm: number;
  rmseMm: number;
  /** over the rows up to the wear limit; NaN where there are none */
  maeToLimitMm: number;
  rmseToLimitMm: number;
  /** predicted per measured minutes to the wear limit; NaN where the tool did not reach it */
  lifeRatio: number;
  predictedMm: number[];
}

export interface MethodResult {
  id: MethodId;
  name: string;
  /** one for each tool, in the order of the records */
  scores: ToolScore[];
  /** means over the tools */
  maeMm: number;
  rmseMm: number;
  maeToLimitMm: number;
  rmseToLimitMm: number;
}

/** What was fitted to one half of the tools. */
export interface Fold {
  trained: string[];
  tested: string[];
  life: WearLaw;
  lifeAndHeight: WearLaw;
}

export interface WearComparison {
  records: readonly WearRecord[];
  folds: readonly [Fold, Fold];
  methods: MethodResult[];
  /** lives of the tools when the curve is fitted to each alone, min */
  ownLivesMin: number[];
  /** standard deviation of the logarithm of those lives */
  lifeScatter: number;
}

/** Minutes over which a prediction is followed to the wear limit. */
const FOLLOWED_MIN = 240;

/**
 * Compares the wear model with measured wear: with constants as given, with constants fitted to one half of the tools and
 * tested on the other and the other way round, with simple peers on the same halves, and with the curve fitted to each tool
 * itself, which tells what its shape costs.
 * @param given - the law with the simulator's own constants
 * @param seed - of the split; integer 0..2^32-1
 * @throws RangeError with fewer than four tools
 */
export function compareWear(records: readonly WearRecord[], given: WearLaw, seed: number): WearComparison {
  const [first, second] = halves(records, seed);
  const folds = [foldOf(first, second, given), foldOf(second, first, given)] as const;
  const trainedFor = (record: WearRecord) => (folds[0].tested.includes(record.tool) ? first : second);
  const foldFor = (record: WearRecord) => (folds[0].tested.includes(record.tool) ? folds[0] : folds[1]);
  const peers = (train: (trained: readonly WearRecord[]) => WearPredictor): WearPredictor => {
    const fitted = new Map([first, second].map((half) => [half, train(half)]));
    return (record) => fitted.get(trainedFor(record))!(record);
  };
  const own = records.map((record) => fitWearLaw([record], { taylorN: given.taylorN }));
  const ownLawOf = (record: WearRecord) => own[records.findIndex(({ tool }) => tool === record.tool)]!;
  const methods = [
    score('given', 'Constants as given', records, (record) => predictWear(given, record)),
    score('life', 'Life fitted', records, (record) => predictWear(foldFor(record).life, record)),
    score('lifeAndHeight', 'Life and height fitted', records, (record) =>
      predictWear(foldFor(record).lifeAndHeight, record),
    ),
    score('meanCurve', 'Mean curve', records, peers(fitMeanCurve)),
    score('straightLine', 'Straight line', records, peers(fitStraightLine)),
    score('hindsight', 'Life fitted to the tool itself', records, (record) => predictWear(ownLawOf(record), record)),
  ];
  const ownLivesMin = own.map(({ lifeMin }) => lifeMin);
  return {
    records,
    folds,
    methods,
    ownLivesMin,
    lifeScatter: describeNumbers(ownLivesMin.map(Math.log)).standardDeviation,
  };
}

/** Mean and scatter of a method's error over many splits, mm. */
export interface SplitSpread {
  id: MethodId;
  name: string;
  maeMm: number;
  maeDeviationMm: number;
  rmseMm: number;
  rmseDeviationMm: number;
}

/** What the luck of the split does: the comparison over the splits of seeds 1 to `splits`. */
export function spreadOverSplits(records: readonly WearRecord[], given: WearLaw, splits: number): SplitSpread[] {
  const runs = Array.from({ length: splits }, (_, i) => compareWear(records, given, i + 1).methods);
  return runs[0]!.map(({ id, name }, place) => {
    const mae = describeNumbers(runs.map((methods) => methods[place]!.maeMm));
    const rmse = describeNumbers(runs.map((methods) => methods[place]!.rmseMm));
    return {
      id,
      name,
      maeMm: mae.mean,
      maeDeviationMm: mae.standardDeviation,
      rmseMm: rmse.mean,
      rmseDeviationMm: rmse.standardDeviation,
    };
  });
}

function foldOf(trained: readonly WearRecord[], tested: readonly WearRecord[], { taylorN }: WearLaw): Fold {
  return {
    trained: trained.map(({ tool }) => tool),
    tested: tested.map(({ tool }) => tool),
    life: fitWearLaw(trained, { taylorN, fitExponent: true }),
    lifeAndHeight: fitWearLaw(trained, { taylorN, fitExponent: true, fitScale: true }),
  };
}

/** Splits by tool, never by row: neighbouring rows of a tool are nearly the same. */
function halves(records: readonly WearRecord[], seed: number): [WearRecord[], WearRecord[]] {
  if (records.length < 4) throw new RangeError(`${records.length} tools cannot be split into halves: at least 4`);
  const stream = Int32Array.of(fnv1a32(`${seed}:split`));
  const drawn = records.map((record) => ({ record, lot: nextUniform(stream, 0) })).sort((a, b) => a.lot - b.lot);
  const middle = Math.ceil(records.length / 2);
  const half = (from: number, to: number) => {
    const tools = new Set(drawn.slice(from, to).map(({ record }) => record));
    return records.filter((record) => tools.has(record));
  };
  return [half(0, middle), half(middle, records.length)];
}

/** Judges one method on every tool. */
export function score(
  id: MethodId,
  name: string,
  records: readonly WearRecord[],
  predict: WearPredictor,
): MethodResult {
  const scores = records.map((record): ToolScore => {
    const predictedMm = predict(record);
    const all = wearError(record, predictedMm);
    const toLimit = wearError(record, predictedMm, WEAR_LIMIT_MM);
    return {
      tool: record.tool,
      maeMm: all.maeMm,
      rmseMm: all.rmseMm,
      maeToLimitMm: toLimit.maeMm,
      rmseToLimitMm: toLimit.rmseMm,
      lifeRatio: lifeRatio(record, predict),
      predictedMm,
    };
  });
  return {
    id,
    name,
    scores,
    maeMm: meanOf(scores.map(({ maeMm }) => maeMm)),
    rmseMm: meanOf(scores.map(({ rmseMm }) => rmseMm)),
    maeToLimitMm: meanOf(scores.map(({ maeToLimitMm }) => maeToLimitMm)),
    rmseToLimitMm: meanOf(scores.map(({ rmseToLimitMm }) => rmseToLimitMm)),
  };
}

/** Predicted per measured minutes from the first reading to the wear limit; infinite where the prediction never gets there. */
function lifeRatio(record: WearRecord, predict: WearPredictor): number {
  const measured = minutesTo(WEAR_LIMIT_MM, record.minutes, record.wearMm);
  if (!measured) return Number.NaN;
  const minutes = Array.from({ length: FOLLOWED_MIN * 60 + 1 }, (_, i) => i / 60);
  const speed = meanOf(record.cuttingSpeedMPerMin);
  const onwards = { ...record, minutes, cuttingSpeedMPerMin: minutes.map(() => speed) };
  const predicted = minutesTo(WEAR_LIMIT_MM, minutes, predict(onwards));
  return predicted === undefined ? Number.POSITIVE_INFINITY : predicted / measured;
}
