import type { PredictionDto, ReasonDto } from '#domain/contract/prediction.js';
import type { FearedPart } from '../../../live/scene-store';
import { minutesWords } from '../../../widgets/words';

export type RiskLevel = 'low' | 'raised' | 'high';

export const RISK_WORDS: Record<RiskLevel, string> = {
  low: 'Low risk',
  raised: 'Raised risk',
  high: 'Failure likely',
};

/** Risk that nobody needs to look at. */
const NOTHING_TO_SEE = 0.05;
/** Where no model says from when on it calls a failure. */
const USUAL_THRESHOLD = 0.5;

export function riskLevel({ failureProbability, threshold }: PredictionDto): RiskLevel {
  if (failureProbability >= (threshold ?? USUAL_THRESHOLD)) return 'high';
  return failureProbability >= NOTHING_TO_SEE ? 'raised' : 'low';
}

/** Part of the machine that each way of failure belongs to; chance belongs to none. */
const PART_OF: Readonly<Record<string, FearedPart['part']>> = {
  wearOut: 'tool',
  breakage: 'tool',
  tool: 'tool',
  driveTrip: 'spindle',
  bearing: 'spindle',
  overload: 'spindle',
  heat: 'spindle',
};

export const PART_WORDS: Record<FearedPart['part'], string> = { tool: 'tool', spindle: 'spindle' };

/** What to mark on the machine; nothing while the risk is low or the prediction is not to be trusted. */
export function fearedPart(prediction: PredictionDto): FearedPart | null {
  const level = riskLevel(prediction);
  const part = PART_OF[prediction.likelyMode ?? ''];
  if (!part || level === 'low' || !prediction.inDistribution) return null;
  return { part, band: level === 'high' ? 'critical' : 'watch' };
}

/** A risk 0..1 as people read it: no false digits at either end. */
export function riskWords(risk: number): string {
  if (risk < 0.001) return 'below 0.1 %';
  if (risk > 0.995) return 'above 99 %';
  return `${(100 * risk).toFixed(risk < 0.1 ? 1 : 0)} %`;
}

/** Signed percentage points; a contribution that would round to nothing is nothing. */
export function pointsWords(contribution: number): string {
  const points = 100 * contribution;
  const digits = Math.abs(points) < 10 ? 1 : 0;
  const text = Math.abs(points).toFixed(digits);
  if (Number(text) === 0) return '0';
  return `${points > 0 ? '+' : '−'}${text}`;
}

/** The leading reading of a reason with its unit; shares of a limit in percent. */
export function readingWords({ value, unit, reading }: ReasonDto): string {
  if (value === null) return `${reading}: unknown`;
  if (unit === 'min') return `${reading}: ${minutesWords(value)}`;
  if (unit !== '1') return `${reading}: ${String(Number(value.toPrecision(3))).replace('-', '−')} ${unit}`;
  return `${reading}: ${(100 * value).toFixed(Math.abs(value) < 0.1 ? 1 : 0)} %`;
}

/** Strongest first, whichever way they push. */
export function byStrength(reasons: readonly ReasonDto[]): ReasonDto[] {
  return [...reasons].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
}
