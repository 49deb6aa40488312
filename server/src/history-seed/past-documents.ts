import { Types } from 'mongoose';
import { type AlarmEvent, applyTransition, newAlarm, transitionFor } from '#domain/alarms/alarm.js';
import { plannedPart } from '#domain/analytics/planned-part.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { DAY_MS, MINUTE_MS } from '#domain/telemetry/resolution.js';
import type { AlertDocument } from '../alerts/alert.schema.js';
import type { AlertTransitionDocument } from '../alerts/alert-transition.schema.js';
import { pointOf, type StoredAlarm, stateFields, toTransitionDocument } from '../alerts/stored-alarm.js';
import type { InspectionDocument } from '../analytics/inspection.schema.js';
import type { JobDocument } from '../jobs/job.schema.js';
import type { MaintenanceWindowDocument } from '../maintenance/maintenance-window.schema.js';
import type { BucketDocument } from '../telemetry/bucket.schema.js';
import type { PastAlarm, PastJob, PastWindow } from './lathe-past.js';
import { SAMPLE_S } from './recorded-run.js';

const SAMPLE_MS = 1000 * SAMPLE_S;
const MESSAGES: Partial<Record<PastAlarm['type'], [message: string, channel?: ChannelName]>> = {
  TOOL_WEAR: ['Flank wear is above its limit', 'flankWear'],
  HIGH_VIBRATION: ['Vibration is above its limit', 'vibration'],
  HIGH_TORQUE: ['Spindle torque is above its limit', 'torque'],
  HIGH_TEMPERATURE: ['Process temperature is above its limit', 'processTemperature'],
  ANOMALY: ['Vibration departs from what the model expects', 'vibration'],
};

export function jobDocument(job: PastJob, JobID: string): JobDocument {
  const { run, startMs, endMs, status } = job;
  const samples = Math.round((endMs - startMs) / SAMPLE_MS);
  const count = run.counts[samples - 1]!;
  const minutes = (endMs - startMs) / MINUTE_MS;
  const isWhole = status === 'Completed';
  return {
    JobID,
    latheId: job.latheId,
    JobType: run.job.jobType,
    Material: run.job.material,
    ToolNo: run.job.toolNo,
    Description: run.job.description ?? '',
    StartTime: new Date(startMs),
    EndTime: new Date(endMs),
    EstimatedTime: Math.round(isWhole ? minutes : minutes * 1.6),
    ActualDuration: minutes,
    Status: status,
    operator: job.operator,
    progress: isWhole ? 1 : 1 / 1.6,
    timeScale: 1,
    seed: startMs % 2 ** 32,
    parameters: run.plan.parameters,
    warnings: [],
    result: {
      ...(isWhole ? {} : { reason: REASONS[status] }),
      partsDone: count.parts,
      machineMinutes: minutes,
      cuttingMinutes: count.cuttingMinutes,
      energyWh: count.energyWh,
      samples,
    },
    plan: run.plan,
    planned: plannedPart(run.plan),
    createdAt: new Date(startMs - 1000),
    active: false,
  };
}

const REASONS: Record<PastJob['status'], string> = {
  Completed: '',
  Failed: 'the tool broke',
  Cancelled: 'stopped by an operator',
  'Alert Triggered': 'stopped by a critical alert',
};

export function inspectionDocuments(job: PastJob, JobID: string): InspectionDocument[] {
  if (job.scrapped === undefined) return [];
  return [{ JobID, scrapped: job.scrapped, by: job.operator, at: new Date(job.endMs + 5 * MINUTE_MS) }];
}

/** Minutes of a job's samples. @param firstNumber - of its first sample */
export function* bucketsOf(
  job: PastJob,
  JobID: string,
  firstNumber: number,
  keptDays: number,
): Generator<BucketDocument> {
  const { latheId, run, startMs, endMs } = job;
  const count = Math.round((endMs - startMs) / SAMPLE_MS);
  for (let first = 0; first < count; ) {
    const minuteMs = Math.floor((startMs + (first + 1) * SAMPLE_MS) / MINUTE_MS) * MINUTE_MS;
    const end = Math.min(count, Math.ceil((minuteMs + MINUTE_MS - startMs) / SAMPLE_MS) - 1);
    const numbers = Array.from({ length: end - first }, (_, i) => first + i);
    const channels: BucketDocument['channels'] = {};
    for (const [c, name] of CHANNEL_NAMES.entries()) {
      channels[name] = numbers.map((i) => {
        const value = run.samples[i]![c]!;
        return Number.isNaN(value) ? null : value;
      });
    }
    yield {
      latheId,
      minute: new Date(minuteMs),
      lastSequence: firstNumber + end - 1,
      n: numbers.map((i) => firstNumber + i),
      t: numbers.map((i) => startMs + (i + 1) * SAMPLE_MS),
      tick: numbers.map((i) => (i + 1) * SAMPLE_S * 10),
      job: numbers.map(() => JobID),
      machineMinutes: numbers.map((i) => ((i + 1) * SAMPLE_S) / 60),
      channels,
      expiresAt: new Date(minuteMs + keptDays * DAY_MS),
    };
    first = end;
  }
}

export function windowDocument({ latheId, startMs, endMs, reason }: PastWindow): MaintenanceWindowDocument {
  return {
    id: new Types.ObjectId().toHexString(),
    latheId,
    state: 'ended',
    start: new Date(startMs),
    end: new Date(endMs),
    minutes: (endMs - startMs) / MINUTE_MS,
    reason,
    toolReplaced: true,
    plannedBy: 'Sahil',
  };
}

/** An alarm with its whole history, from its raise to its return. */
export function alarmDocuments(
  past: PastAlarm,
  JobID: string,
): { alert: AlertDocument; transitions: AlertTransitionDocument[] } {
  const { latheId, type, atMs, acknowledgedMs, acknowledgedBy, endMs, stops } = past;
  const [message, channel] = MESSAGES[type] ?? [type];
  const id = new Types.ObjectId().toHexString();
  const origin = { isManual: false, isLatching: false };
  const subject = { latheId, jobId: JobID, type, ...(channel ? { channel } : {}), slot: `${id} of the past` };
  const events: AlarmEvent[] = [
    { type: 'limitExceeded', atMs, actor: 'rules', priority: stops ? 1 : 3, message },
    { type: 'acknowledged', atMs: acknowledgedMs, actor: acknowledgedBy },
    { type: 'returnedToNormal', atMs: endMs, actor: 'rules' },
  ];
  const stored: StoredAlarm = { ...subject, id, openedAtMs: atMs, alarm: newAlarm(origin) };
  const transitions = events.map((event, i) => {
    const transition = transitionFor(stored.alarm, event);
    stored.alarm = applyTransition(stored.alarm, transition);
    const stop = i === 0 && stops ? { stop: true } : {};
    return {
      ...toTransitionDocument({ ...transition, alertId: id, point: pointOf(stored), ...stop }),
      published: true,
    };
  });
  const identity = { _id: id, lathe_id: latheId, job_id: JobID, alert_type: type, slot: subject.slot };
  const fields = Object.fromEntries(Object.entries(stateFields(stored)).filter(([, value]) => value !== undefined));
  return {
    alert: { ...identity, ...(channel ? { channel } : {}), ...origin, ...fields } as unknown as AlertDocument,
    transitions,
  };
}
