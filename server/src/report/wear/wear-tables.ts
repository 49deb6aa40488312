import { speedFor15Min } from '#domain/machining/tool-life.js';
import type { WearLaw } from '#domain/machining/wear-fit.js';
import { describeNumbers } from '#domain/statistics/describe.js';
import { type Column, table } from '../html/table.js';
import { inFigures } from '../svg/scales.js';
import type { MethodResult, SplitSpread, ToolScore, WearComparison } from './compare-wear.js';
import type { CutConditions, GivenLaw } from './given-law.js';

/** Wear is told in µm: it is measured so. */
export const inMicrons = (mm: number): string => (Number.isNaN(mm) ? '–' : (1000 * mm).toFixed(1));

/** Constants that a fitted law means in the simulator's own terms. */
export interface FittedConstants {
  /** Taylor's C = vc T^n, the speed for one minute of life, m/min */
  taylorC: number;
  /** v15 of the material with this tool (v15 gv), m/min */
  speed15: number;
}

const COOLANT_LIFE = { flood: 1, mist: 0.85, dry: 0.7 } as const;

/** Turns a life at `conditions` into the constants that give it. */
export function constantsOf(
  { lifeMin, referenceSpeedMPerMin, taylorN }: WearLaw,
  conditions: CutConditions,
): FittedConstants {
  const corrected = speedFor15Min(1, 1, 'turning', 'coatedCarbide', conditions.feedMm, conditions.depthMm);
  const at15 = (lifeMin / (15 * COOLANT_LIFE[conditions.coolant])) ** taylorN;
  return {
    taylorC: referenceSpeedMPerMin * lifeMin ** taylorN,
    speed15: (referenceSpeedMPerMin * at15) / corrected,
  };
}

/** Errors of every method, means over the tools, beside their spread over many splits. */
export function methodTable(methods: readonly MethodResult[], spread: readonly SplitSpread[]): string {
  const columns: Column<{ method: MethodResult; over: SplitSpread }>[] = [
    { head: 'Method', cell: ({ method }) => method.name },
    { head: 'MAE, µm', cell: ({ method }) => inMicrons(method.maeMm) },
    { head: 'RMSE, µm', cell: ({ method }) => inMicrons(method.rmseMm) },
    { head: 'MAE up to 0.3 mm, µm', cell: ({ method }) => inMicrons(method.maeToLimitMm) },
    { head: 'RMSE up to 0.3 mm, µm', cell: ({ method }) => inMicrons(method.rmseToLimitMm) },
    {
      head: 'MAE over many splits, µm',
      cell: ({ over }) => `${inMicrons(over.maeMm)} ± ${inMicrons(over.maeDeviationMm)}`,
    },
    {
      head: 'RMSE over many splits, µm',
      cell: ({ over }) => `${inMicrons(over.rmseMm)} ± ${inMicrons(over.rmseDeviationMm)}`,
    },
  ];
  const rows = methods.map((method, i) => ({ method, over: spread[i]! }));
  return table('Means over the tools; every tool was predicted by what was fitted to the other half', columns, rows);
}

/** MAE and RMSE of every tool by every method. */
export function toolTable({ records, methods, ownLivesMin }: WearComparison): string {
  const scoreOf = (method: MethodResult, place: number): ToolScore => method.scores[place]!;
  const columns: Column<number>[] = [
    { head: 'Tool', cell: (place) => records[place]!.tool },
    { head: 'Time, s', cell: (place) => (60 * records[place]!.minutes.at(-1)!).toFixed(0) },
    {
      head: 'VB from – to, mm',
      cell: (place) => `${records[place]!.wearMm[0]!.toFixed(3)} – ${records[place]!.wearMm.at(-1)!.toFixed(3)}`,
    },
    { head: 'Own life, min', cell: (place) => inFigures(ownLivesMin[place]) },
    {
      head: 'Time to 0.3 mm with the life fitted, predicted per measured',
      cell: (place) => inFigures(scoreOf(methods.find(({ id }) => id === 'life')!, place).lifeRatio, 2),
    },
    ...methods.map((method) => ({
      head: method.name,
      cell: (place: number) =>
        `${inMicrons(scoreOf(method, place).maeMm)} / ${inMicrons(scoreOf(method, place).rmseMm)}`,
    })),
  ];
  return table('Each tool, with MAE / RMSE of every method in µm', columns, [...records.keys()]);
}

/** What the simulator says of each material under the conditions, and how far off it is. */
export function givenTable(rows: readonly { given: GivenLaw; result: MethodResult }[]): string {
  const columns: Column<{ given: GivenLaw; result: MethodResult }>[] = [
    { head: 'Material', cell: ({ given }) => given.material },
    { head: 'Life, min', cell: ({ given }) => inFigures(given.law.lifeMin) },
    { head: 'Cutting force, N', cell: ({ given }) => inFigures(given.cuttingForceN) },
    { head: 'MAE, µm', cell: ({ result }) => inMicrons(result.maeMm) },
    { head: 'RMSE, µm', cell: ({ result }) => inMicrons(result.rmseMm) },
  ];
  return table('Constants as given, by material', columns, rows);
}

/** What each half of the tools taught. */
export function foldTable({ folds }: WearComparison, conditions: CutConditions): string {
  const columns: Column<WearComparison['folds'][number]>[] = [
    { head: 'Fitted to tools', cell: ({ trained }) => trained.join(', ') },
    { head: 'tested on', isNumber: false, cell: ({ tested }) => tested.join(', ') },
    { head: 'Life T, min', cell: ({ life }) => inFigures(life.lifeMin) },
    { head: 'Exponent n', cell: ({ life }) => inFigures(life.taylorN) },
    { head: 'Taylor’s C, m/min', cell: ({ life }) => inFigures(constantsOf(life, conditions).taylorC) },
    { head: 'v15, m/min', cell: ({ life }) => inFigures(constantsOf(life, conditions).speed15) },
    { head: 'with height: T, min', cell: ({ lifeAndHeight }) => inFigures(lifeAndHeight.lifeMin) },
    { head: 'height', cell: ({ lifeAndHeight }) => inFigures(lifeAndHeight.scale) },
  ];
  return table('Constants fitted to each half', columns, folds);
}

/** How much a force grew with wear at each tool, F = F0 (1 + a VB). */
export interface MeasuredGrowth {
  name: string;
  /** a of the simulator, per mm */
  model: number;
  /** a of each tool, per mm; NaN = unknown */
  perMm: readonly number[];
}

/** Growth of forces with wear, measured and modelled. */
export function growthTable(growths: readonly MeasuredGrowth[]): string {
  const columns: Column<MeasuredGrowth>[] = [
    { head: 'Force', cell: ({ name }) => name },
    { head: 'model, per mm', cell: ({ model }) => inFigures(model) },
    { head: 'measured: median', cell: ({ perMm }) => inFigures(describeNumbers(perMm).median) },
    { head: 'least', cell: ({ perMm }) => inFigures(describeNumbers(perMm).min) },
    { head: 'greatest', cell: ({ perMm }) => inFigures(describeNumbers(perMm).max) },
  ];
  return table('Growth a of the forces with wear up to 0.3 mm, F = F0 (1 + a VB)', columns, growths);
}
