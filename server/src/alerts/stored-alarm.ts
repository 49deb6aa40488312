import { type Alarm, type AlarmTransition, newAlarm, type Silence } from '#domain/alarms/alarm.js';
import { isOpen } from '#domain/alarms/alarm-state.js';
import { severityOf } from '#domain/alarms/priority.js';
import type { AlertDto, AlertTransitionDto } from '#domain/contract/alert.js';
import type { AlertType } from '#domain/contract/enums.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import type { AlertDocument } from './alert.schema.js';
import type { AlertTransitionDocument } from './alert-transition.schema.js';

/** What an alarm instance is about. Of those with one `slot` only one can be open. */
export interface AlarmSubject {
  latheId: string;
  jobId?: string;
  type: AlertType;
  channel?: ChannelName;
  /** place in the turret of the tool that it tells of */
  toolNo?: number;
  slot: string;
}

/** Alarms about one thing over time, whichever instance or tool: `lathe|type|channel`. */
export const pointOf = ({ latheId, type, channel }: AlarmSubject): string => `${latheId}|${type}|${channel ?? ''}`;

/** An alarm instance with its identity. */
export interface StoredAlarm extends AlarmSubject {
  id: string;
  openedAtMs: number;
  alarm: Alarm;
}

/** A transition with what must happen because of it. */
export interface StoredTransition extends AlarmTransition {
  alertId: string;
  point?: string;
  stop?: boolean;
  requestKey?: string;
}

export function toAlertDto({ id, latheId, jobId, type, channel, toolNo, openedAtMs, alarm }: StoredAlarm): AlertDto {
  return {
    id,
    lathe_id: latheId,
    ...defined({ job_id: jobId }),
    alert_type: type,
    ...defined({ channel, tool_no: toolNo }),
    severity: severityOf(alarm.priority),
    priority: alarm.priority,
    state: alarm.state,
    ...defined({ value: alarm.value, threshold: alarm.limit }),
    message: alarm.message || (alarm.silence?.reason ?? ''),
    timestamp: iso(alarm.raisedAtMs ?? openedAtMs),
    ...defined({ changedAt: isoIf(alarm.changedAtMs) }),
    ...defined({ acknowledgedBy: alarm.acknowledgedBy, acknowledgedAt: isoIf(alarm.acknowledgedAtMs) }),
    resolved: !isOpen(alarm.state),
    ...defined({ resolvedAt: isoIf(alarm.resolvedAtMs), shelvedUntil: isoIf(alarm.shelvedUntilMs) }),
    ...defined({ suppressedUntil: isoIf(alarm.suppressedUntilMs), silenced: silencedOf(alarm) }),
    n: alarm.n,
  };
}

function silencedOf({ silence, isOneShot }: Alarm): AlertDto['silenced'] {
  if (!silence) return undefined;
  const { by, atMs, reason } = silence;
  return { by, at: iso(atMs), ...defined({ reason }), ...(isOneShot ? { oneShot: true } : {}) };
}

export function toTransitionDto(transition: AlarmTransition): AlertTransitionDto {
  const { n, atMs, event, from, to, actor, comment, priority, value, limit, message } = transition;
  return {
    ...{ n, at: iso(atMs), event, from, to, actor },
    ...defined({ comment, priority, value, threshold: limit, message }),
    ...defined({ until: isoIf(transition.shelvedUntilMs ?? transition.suppressedUntilMs) }),
    ...(transition.oneShot ? { oneShot: true } : {}),
  };
}

/** The fields of the stored document that follow from the alarm's state; undefined ones are to be removed. */
export function stateFields({ alarm, openedAtMs }: StoredAlarm): Partial<AlertDocument> {
  return {
    open: alarm.n === 0 || isOpen(alarm.state),
    isActive: alarm.isActive,
    isLatched: alarm.isLatched,
    n: alarm.n,
    lastEvent: alarm.lastEvent,
    changedAt: dateIf(alarm.changedAtMs),
    severity: severityOf(alarm.priority),
    priority: alarm.priority,
    state: alarm.state,
    value: alarm.value,
    threshold: alarm.limit,
    message: alarm.message ?? '',
    timestamp: new Date(alarm.raisedAtMs ?? openedAtMs),
    acknowledgedBy: alarm.acknowledgedBy,
    acknowledgedAt: dateIf(alarm.acknowledgedAtMs),
    resolvedAt: dateIf(alarm.resolvedAtMs),
    shelvedUntil: dateIf(alarm.shelvedUntilMs),
    suppressedUntil: dateIf(alarm.suppressedUntilMs),
    isOneShot: alarm.isOneShot || undefined,
    silencedBy: alarm.silence?.by,
    silencedAt: dateIf(alarm.silence?.atMs),
    silencedReason: alarm.silence?.reason,
  };
}

export function fromAlertDocument(document: AlertDocument): StoredAlarm {
  const { isManual, isLatching, isActive, isLatched, n, state, priority } = document;
  const { value, threshold, acknowledgedBy, lastEvent } = document;
  const alarm: Alarm = {
    ...newAlarm({ isManual, isLatching }),
    ...{ isActive, isLatched, n, state, priority },
    ...defined({ value, limit: threshold, acknowledgedBy, lastEvent, changedAtMs: msIf(document.changedAt) }),
    ...defined({ acknowledgedAtMs: msIf(document.acknowledgedAt), resolvedAtMs: msIf(document.resolvedAt) }),
    ...defined({ shelvedUntilMs: msIf(document.shelvedUntil), suppressedUntilMs: msIf(document.suppressedUntil) }),
    ...defined({ isOneShot: document.isOneShot, silence: silenceOf(document) }),
    // one that was silenced before it was ever raised says nothing yet
    ...(document.message ? { message: document.message, raisedAtMs: document.timestamp.getTime() } : {}),
  };
  return {
    id: document._id,
    latheId: document.lathe_id,
    type: document.alert_type,
    slot: document.slot,
    ...defined({ jobId: document.job_id, channel: document.channel, toolNo: document.tool_no }),
    openedAtMs: document.timestamp.getTime(),
    alarm,
  };
}

function silenceOf({ silencedBy, silencedAt, silencedReason }: AlertDocument): Silence | undefined {
  if (silencedBy === undefined || !silencedAt) return undefined;
  return { by: silencedBy, atMs: silencedAt.getTime(), ...defined({ reason: silencedReason }) };
}

export function toTransitionDocument(transition: StoredTransition): AlertTransitionDocument {
  const { atMs, shelvedUntilMs, suppressedUntilMs, ...rest } = transition;
  const untils = { shelvedUntil: dateIf(shelvedUntilMs), suppressedUntil: dateIf(suppressedUntilMs) };
  return { ...rest, at: new Date(atMs), ...defined(untils), published: false };
}

export function fromTransitionDocument(document: AlertTransitionDocument): StoredTransition {
  const { alertId, n, at, event, from, to, actor, shelvedUntil, suppressedUntil } = document;
  const { comment, priority, value, limit, message, stop, requestKey, point, oneShot } = document;
  return {
    ...{ alertId, n, event, from, to, actor, atMs: at.getTime() },
    ...defined({ comment, priority, value, limit, message, stop, requestKey, point, oneShot }),
    ...defined({ shelvedUntilMs: msIf(shelvedUntil), suppressedUntilMs: msIf(suppressedUntil) }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoIf = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : iso(ms));
const dateIf = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : new Date(ms));
const msIf = (date: Date | null | undefined): number | undefined => date?.getTime();

/** The same object without the fields that have no value. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
