import { ThresholdsInvalidError } from '#domain/alarms/alarm.errors.js';
import { assertThresholds } from '#domain/alarms/threshold-check.js';
import { type Threshold, ThresholdSchema } from '#domain/contract/alert.js';
import type { AlertType } from '#domain/contract/enums.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { type NumberRule, numberFault, numberOf } from '../../../widgets/number-text';
import { limitUnit } from '../limit-units';

export const NUMBER_FIELDS = ['high', 'low', 'rate', 'deadband', 'onDelayS', 'offDelayS'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** One limit as it stands in its fields, in the unit that people use; an empty field sets nothing. */
export interface LimitDraft extends Record<NumberField, string> {
  key: number;
  type: AlertType;
  channel: ChannelName;
  priority: number;
  latching: boolean;
  stop: boolean;
}

/** What is wrong with the fields, by `key.field`. */
export type Faults = Readonly<Record<string, string>>;

const LONGEST_DELAY_S = 3600;
const ANY = { min: -1e9, max: 1e9, unit: '' };
const RULES: Record<NumberField, NumberRule> = {
  high: ANY,
  low: ANY,
  rate: { ...ANY, min: 0, isOpen: true },
  deadband: { ...ANY, min: 0 },
  onDelayS: { min: 0, max: LONGEST_DELAY_S, unit: 's' },
  offDelayS: { min: 0, max: LONGEST_DELAY_S, unit: 's' },
};
const SPANS: readonly NumberField[] = ['rate', 'deadband'];

export const unitOf = ({ type, channel }: Pick<LimitDraft, 'type' | 'channel'>, field: NumberField): string => {
  if (field === 'onDelayS' || field === 'offDelayS') return 's';
  const { unit } = limitUnit(type, channel);
  return field === 'rate' ? `${unit}/s` : unit;
};

export function draftsOf(thresholds: readonly Threshold[]): LimitDraft[] {
  return thresholds.map((threshold, key) => {
    const { type, channel, priority, latching = false, stop = false } = threshold;
    const draft = { key, type, channel, priority, latching, stop } as LimitDraft;
    for (const field of NUMBER_FIELDS) draft[field] = textOf(threshold, field);
    return draft;
  });
}

/** A limit with nothing set yet, less urgent than those there are. */
export function newDraft(drafts: readonly LimitDraft[], type: AlertType, channel: ChannelName): LimitDraft {
  const taken = new Set(drafts.filter((draft) => isOf(draft, { type, channel })).map(({ priority }) => priority));
  return {
    ...{ key: Math.max(-1, ...drafts.map(({ key }) => key)) + 1, type, channel },
    ...{ priority: [3, 2, 4, 1].find((priority) => !taken.has(priority)) ?? 3, latching: false, stop: false },
    ...{ high: '', low: '', rate: '', deadband: '0', onDelayS: '2', offDelayS: '30' },
  };
}

/** The limits that the fields say; without them where something is wrong, with what it is. */
export function thresholdsOf(drafts: readonly LimitDraft[]): { thresholds?: Threshold[]; faults: Faults } {
  const faults: Record<string, string> = {};
  const thresholds: Threshold[] = [];
  for (const draft of drafts) {
    for (const field of NUMBER_FIELDS) {
      const fault = numberFault(draft[field], RULES[field]);
      if (fault) faults[`${draft.key}.${field}`] = fault;
    }
    const parsed = ThresholdSchema.safeParse(thresholdOf(draft));
    if (parsed.success) thresholds.push(parsed.data);
    else if (!draft.high && !draft.low && !draft.rate) faults[`${draft.key}.high`] = 'Say above or below what.';
  }
  if (Object.keys(faults).length > 0 || thresholds.length < drafts.length) return { faults };
  try {
    assertThresholds(thresholds);
    return { thresholds, faults };
  } catch (error) {
    if (!(error instanceof ThresholdsInvalidError)) throw error;
    return { faults: faultsOf(error, drafts) };
  }
}

export const isOf = (draft: Pick<LimitDraft, 'type' | 'channel'>, point: Pick<LimitDraft, 'type' | 'channel'>) =>
  draft.type === point.type && draft.channel === point.channel;

/** A limit in a few words: `above 95 °C`. */
export function limitWords(draft: LimitDraft): string {
  const { high, low, rate, stop } = draft;
  const parts = [
    high && `above ${high} ${unitOf(draft, 'high')}`,
    low && `below ${low} ${unitOf(draft, 'low')}`,
    rate && `changing by ${rate} ${unitOf(draft, 'rate')}`,
  ].filter(Boolean);
  return `${parts.join(' or ') || 'nothing set'}${stop ? ', stops the lathe' : ''}`;
}

function textOf(threshold: Threshold, field: NumberField): string {
  const value = threshold[field];
  if (value === undefined) return '';
  if (field === 'onDelayS' || field === 'offDelayS') return String(value);
  const { shown, shownSpan } = limitUnit(threshold.type, threshold.channel);
  return String(SPANS.includes(field) ? shownSpan(value) : shown(value));
}

function thresholdOf(draft: LimitDraft): Partial<Threshold> {
  const { type, channel, priority, latching, stop } = draft;
  const { wire, wireSpan } = limitUnit(type, channel);
  const threshold: Partial<Threshold> = { channel, type, priority };
  for (const field of NUMBER_FIELDS) {
    const value = numberOf(draft[field]);
    if (value === undefined) continue;
    if (field === 'onDelayS' || field === 'offDelayS') threshold[field] = value;
    else threshold[field] = SPANS.includes(field) ? wireSpan(value) : wire(value);
  }
  const absent = { deadband: 0, onDelayS: 0, offDelayS: 0 };
  return { ...absent, ...threshold, ...(latching ? { latching } : {}), ...(stop ? { stop } : {}) };
}

/** What the rules refuse, for people; their own words are in the units of the stream. */
const REFUSALS: Record<string, string> = {
  priority: 'Another limit of this alarm has the same priority.',
  stop: 'Only priority 1 stops a lathe.',
  low: 'Too close to the upper limit for this deadband.',
};

function faultsOf({ errors = [] }: ThresholdsInvalidError, drafts: readonly LimitDraft[]): Faults {
  return Object.fromEntries(
    errors.map(({ path, message }) => {
      const [at, field = ''] = path.split('.');
      return [`${drafts[Number(at)]?.key}.${field}`, REFUSALS[field] ?? message];
    }),
  );
}
