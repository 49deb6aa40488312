import type { FaultType } from '#domain/contract/enums.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { numberFault, numberOf } from '../../../widgets/number-text';
import { BREAKS_FROM, FAULT_WORDS, isOfSensor } from './fault-words';

/** A fault while it is being put together. Texts are what stands in the fields; an empty one takes the default. */
export interface FaultDraft {
  type: FaultType;
  /** % */
  severity: number;
  channel: ChannelName;
  /** min of machine time */
  after: string;
  ramp: string;
  /** empty: until somebody ends it */
  duration: string;
}

export type DraftTime = 'after' | 'ramp' | 'duration';

const MOST_MINUTES = 100_000;

export const NEW_FAULT: FaultDraft = withType(
  { type: 'coolantLoss', severity: 60, channel: 'vibration', after: '', ramp: '', duration: '' },
  'coolantLoss',
);

/** The draft for another type, with that type's own times. */
export function withType(draft: FaultDraft, type: FaultType): FaultDraft {
  const { rampMin, forMin } = FAULT_WORDS[type];
  return { ...draft, type, after: '', ramp: textOf(rampMin), duration: forMin === null ? '' : textOf(forMin) };
}

/** What is wrong with a time, for the line below its field. */
export function timeFault(draft: FaultDraft, name: DraftTime): string | undefined {
  return numberFault(draft[name], { min: 0, max: MOST_MINUTES, unit: 'min', isOpen: name === 'duration' });
}

export const isPossible = (draft: FaultDraft): boolean =>
  (['after', 'ramp', 'duration'] as const).every((name) => timeFault(draft, name) === undefined);

/** Whether the fault ends the job. */
export const endsTheJob = ({ type, severity }: FaultDraft): boolean =>
  type === 'toolBreakage' && severity / 100 >= BREAKS_FROM;

/** The request body of the draft. */
export function faultOf(draft: FaultDraft): InjectFaultDto {
  const { type, severity, channel } = draft;
  const [after, ramp, duration] = [numberOf(draft.after), numberOf(draft.ramp), numberOf(draft.duration)];
  return {
    type,
    severity: FAULT_WORDS[type].graded ? severity / 100 : 1,
    ...(isOfSensor(type) ? { channel } : {}),
    ...(after ? { afterMinutes: after } : {}),
    ...(ramp === undefined || type === 'toolBreakage' || isOfSensor(type) ? {} : { rampMinutes: ramp }),
    ...(duration === undefined ? {} : { forMinutes: duration }),
  };
}

function textOf(minutes: number): string {
  return String(Number(minutes.toPrecision(2)));
}
