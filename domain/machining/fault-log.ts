import type { FaultType } from '../contract/enums.js';
import type { FaultDto } from '../contract/fault.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { severityAt } from './faults.js';
import type { MachineSnapshot } from './machine-state.js';
import type { ActiveFault, MachineState } from './machine-types.js';
import { isSensorFault } from './sensor-faults.js';

/** The life of one injected fault, as plain JSON. Minutes are machine time, `…AtMs` wall time. */
export interface FaultRecord {
  id: string;
  type: FaultType;
  /** null where the fault is none of a sensor */
  channel: ChannelName | null;
  severity: number;
  by: string;
  requestedAtMs: number;
  afterMinutes: number;
  rampMinutes: number;
  /** null: until it is ended */
  forMinutes: number | null;
  /** number of the fault in its machine, null before a worker has applied it */
  machineFaultId: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
  /** a userID, `time` or `job` */
  endedBy: string | null;
}

/** What is known of a fault besides what the machine holds. */
export interface FaultRequest {
  id: string;
  by: string;
  requestedAtMs: number;
}

/** The record of a fault that the machine has just taken up. */
export function recordOf(fault: ActiveFault, clockS: number, request: FaultRequest): FaultRecord {
  return {
    ...request,
    type: fault.type,
    channel: isSensorFault(fault.type) ? fault.channel : null,
    severity: fault.severity,
    afterMinutes: Math.max(0, fault.startS - clockS) / 60,
    rampMinutes: fault.rampS / 60,
    forMinutes: fault.endS === null ? null : (fault.endS - fault.startS) / 60,
    machineFaultId: fault.id,
    startedAtMs: null,
    endedAtMs: null,
    endedBy: null,
  };
}

/** Notes in open records what has become of their faults in the tick of `atMs`. */
export function followFaults(records: readonly FaultRecord[], machine: MachineState, atMs: number): void {
  for (const record of records) {
    if (record.endedAtMs !== null) continue;
    const fault = machine.faults.find(({ id }) => id === record.machineFaultId);
    if (fault?.started) record.startedAtMs ??= atMs;
    if (!fault) closeRecord(record, atMs, 'time');
  }
}

/** Notes the end of a fault; one that has ended stays as it was. */
export function closeRecord(record: FaultRecord, atMs: number, by: string): void {
  if (record.endedAtMs !== null) return;
  record.endedAtMs = atMs;
  record.endedBy = by;
}

/** The record as the API tells it. @param now - the machine and its moment; absent where the job does not run (any more) */
export function faultDto(
  record: FaultRecord,
  jobId: string,
  now?: { machine: Pick<MachineSnapshot, 'faults' | 'clockS' | 'measured' | 'truth'>; atMs: number },
): FaultDto {
  const fault =
    record.endedAtMs === null ? now?.machine.faults.find(({ id }) => id === record.machineFaultId) : undefined;
  const active = fault?.started ? fault : undefined;
  return {
    id: record.id,
    jobId,
    type: record.type,
    ...(record.channel === null ? {} : { channel: record.channel }),
    severity: record.severity,
    severityNow: active && now ? severityAt(active, now.machine.clockS) : 0,
    state: record.endedAtMs !== null ? 'ended' : record.startedAtMs !== null ? 'active' : 'waiting',
    by: record.by,
    requestedAt: iso(record.requestedAtMs),
    ...(record.startedAtMs === null ? {} : { startedAt: iso(record.startedAtMs) }),
    ...(record.endedAtMs === null ? {} : { endedAt: iso(record.endedAtMs) }),
    ...(record.endedBy === null ? {} : { endedBy: record.endedBy }),
    afterMinutes: record.afterMinutes,
    rampMinutes: record.rampMinutes,
    forMinutes: record.forMinutes,
    ...(active && now ? presentOf(active, record.channel, now) : {}),
  };
}

function presentOf(
  fault: ActiveFault,
  channel: ChannelName | null,
  { machine, atMs }: { machine: Pick<MachineSnapshot, 'clockS' | 'measured' | 'truth'>; atMs: number },
): Partial<FaultDto> {
  return {
    ...(fault.endS === null ? {} : { remainingMinutes: Math.max(0, fault.endS - machine.clockS) / 60 }),
    ...(channel === null
      ? {}
      : {
          reading: machine.measured[CHANNEL_INDEX[channel]] ?? null,
          truth: machine.truth[CHANNEL_INDEX[channel]] ?? null,
          measuredAt: iso(atMs),
        }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
