import { type Alarm, type AlarmTransition, newAlarm } from '#domain/alarms/alarm.js';
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
  slot: string;
}

/** An alarm instance with its identity. */
export interface StoredAlarm extends AlarmSubject {
  id: string;
  openedAtMs: number;
  alarm: Alarm;
}

/** A transition with what must happen because of it. */
export interface StoredTransition extends AlarmTransition {
  alertId: string;
  stop?: boolean;
  requestKey?: string;
}

export function toAlertDto({ id, latheId, jobId, type, channel, openedAtMs, alarm }: StoredAlarm): AlertDto {
  return {
    id,
    lathe_id: latheId,
    ...defined({ job_id: jobId }),
    alert_type: type,
    ...defined({ channel }),
    severity: severityOf(alarm.priority),
    priority: alarm.priority,
    state: alarm.state,
    ...defined({ value: alarm.value, threshold: alarm.limit }),
    message: alarm.message ?? '',
    timestamp: iso(alarm.raisedAtMs ?? openedAtMs),
    ...defined({ acknowledgedBy: alarm.acknowledgedBy, acknowledgedAt: isoIf(alarm.acknowledgedAtMs) }),
    resolved: !isOpen(alarm.state),
    ...defined({ resolvedAt: isoIf(alarm.resolvedAtMs), shelvedUntil: isoIf(alarm.shelvedUntilMs) }),
    n: alarm.n,
  };
}

export function toTransitionDto({ n, atMs, event, from, to, actor, comment }: AlarmTransition): AlertTransitionDto {
  return { n, at: iso(atMs), event, from, to, actor, ...defined({ comment }) };
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
    ...defined({ shelvedUntilMs: msIf(document.shelvedUntil) }),
    ...(n > 0 ? { message: document.message, raisedAtMs: document.timestamp.getTime() } : {}),
  };
  return {
    id: document._id,
    latheId: document.lathe_id,
    type: document.alert_type,
    slot: document.slot,
    ...defined({ jobId: document.job_id, channel: document.channel }),
    openedAtMs: document.timestamp.getTime(),
    alarm,
  };
}

export function toTransitionDocument({ atMs, shelvedUntilMs, ...rest }: StoredTransition): AlertTransitionDocument {
  return { ...rest, at: new Date(atMs), ...defined({ shelvedUntil: dateIf(shelvedUntilMs) }), published: false };
}

export function fromTransitionDocument(document: AlertTransitionDocument): StoredTransition {
  const { alertId, n, at, event, from, to, actor, shelvedUntil } = document;
  const { comment, priority, value, limit, message, stop, requestKey } = document;
  return {
    ...{ alertId, n, event, from, to, actor, atMs: at.getTime() },
    ...defined({ comment, priority, value, limit, message, stop, requestKey, shelvedUntilMs: msIf(shelvedUntil) }),
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
