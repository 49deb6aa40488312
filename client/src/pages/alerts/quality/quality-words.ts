import { isPlantType } from '#domain/alarms/judged-quantity.js';
import type { KpiFigureDto } from '#domain/contract/alarm-kpi.js';
import type { WorstActorDto } from '#domain/contract/backtest.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { ageWords } from '../../../widgets/words';
import { limitUnit } from '../limit-units';

type Name = KpiFigureDto['name'];

/** What each figure is called, and what it says in full. */
export const FIGURE_WORDS: Record<Name, [label: string, about: string]> = {
  averagePer10Min: ['Average per 10 min', 'for each operator'],
  peakPer10Min: ['Peak in 10 min', 'for each operator'],
  above10Per10Min: ['Busy periods', '10-minute periods with more than 10 alarms'],
  timeInFlood: ['Time in flood', 'from above 10 in 10 min to below 5'],
  top10Load: ['Ten most frequent', 'their share of all alarms'],
  chattering: ['Chattering', 'alarms raised three times within a minute'],
  fleeting: ['Fleeting', 'alarms that were over within 10 s'],
  stalePerDay: ['Stale', 'active for a day or more, on the worst day'],
  priority1: ['Priority 1', 'share of all alarms'],
  priority2: ['Priority 2', 'share of all alarms'],
  priority3: ['Priority 3', 'share of all alarms'],
  priority4: ['Priority 4', 'share of all alarms'],
};

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const PERCENT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

export function valueWords(value: number | null, unit: KpiFigureDto['unit']): string {
  if (value === null) return '–';
  return unit === 'share' ? `${PERCENT.format(value * 100)} %` : NUMBER.format(value);
}

export function targetWords({ target: { most, least }, unit }: Pick<KpiFigureDto, 'target' | 'unit'>): string {
  if (most === 0) return 'target: none';
  if (most !== undefined) return `target: at most ${valueWords(most, unit)}`;
  return least === undefined ? '' : `target: at least ${valueWords(least, unit)}`;
}

/** A span in words, to a tenth where it is short. */
export function spanWords(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds > 0 && seconds < 0.1) return 'under 0.1 s';
  return seconds < 10 ? `${seconds.toFixed(1)} s` : ageWords(seconds * 1000);
}

/** How long a window has been recorded; the api rounds days to a hundredth, a quarter of an hour. */
export const recordedWords = (days: number) => (days > 0 ? ageWords(days * DAY_MS) : 'a few minutes');

type Change = NonNullable<WorstActorDto['proposal']>['change'];

/** What is proposed for a limit, with its unit. */
export function changeWords({ deadband, onDelayS, offDelayS }: Change, of: Pick<WorstActorDto, 'type' | 'channel'>) {
  if (deadband !== undefined && of.channel) {
    const { shownSpan, unit } = limitUnit(of.type, of.channel);
    return `a deadband of ${NUMBER.format(shownSpan(deadband))} ${unit}`;
  }
  return onDelayS !== undefined ? `an on-delay of ${onDelayS} s` : `an off-delay of ${offDelayS ?? 0} s`;
}

/** Why nothing is proposed for an alarm. */
export function noProposalWords({ type, channel, sampleIntervalS }: WorstActorDto): string {
  if (type === 'MANUAL') return 'People raise it by hand; no limit stands behind it.';
  if (!channel || isPlantType(type)) return 'No reading tells of it, so nothing can be tried.';
  if (sampleIntervalS === null) return 'There are no stored readings to try a change on.';
  return 'No delay or deadband helps: remove its cause, or move the limit.';
}
