import type { LatheStatus } from '#domain/contract/enums.js';
import type { JobDto } from '#domain/contract/job.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { healthBandOf } from '#domain/telemetry/health-band.js';
import { toWindowDto } from '../maintenance/maintenance-calendar.js';
import type { MaintenanceWindow } from '../maintenance/maintenance-windows.repository.js';
import type { LiveSummary } from '../simulation/checkpoint.js';
import type { Lathe } from './lathes.repository.js';

/** Everything that the public view of a lathe is made of. */
export interface LatheParts {
  lathe: Lathe;
  /** running, or next to run */
  job?: JobDto | undefined;
  /** planned and active, by start */
  windows: readonly MaintenanceWindow[];
  activeAlerts: number;
  live?: LiveSummary | undefined;
}

/** A job that should run and gives no sign for this long has lost its worker. */
export const OFFLINE_AFTER_MS = 10_000;

/** The first that holds: offline, maintenance, alarm (locked), running, idle. */
export function latheStatus({ lathe, job, windows, live }: LatheParts, nowMs: number): LatheStatus {
  if (job && isSilent(job, live, nowMs)) return 'offline';
  if (windows.some((window) => window.state === 'active')) return 'maintenance';
  if (lathe.locked) return 'alarm';
  return job?.Status === 'In Progress' ? 'running' : 'idle';
}

const isSilent = (job: JobDto, live: LiveSummary | undefined, nowMs: number): boolean =>
  silenceMs(job, live, nowMs) > OFFLINE_AFTER_MS;

/** For how long a job that has the lathe has given no sign. */
export function silenceMs(
  job: Pick<JobDto, 'JobID' | 'StartTime'>,
  live: LiveSummary | undefined,
  nowMs: number,
): number {
  const sinceStart = nowMs - Date.parse(job.StartTime);
  const sinceTick = live?.jobId === job.JobID ? nowMs - live.atMs : sinceStart;
  return Math.min(sinceStart, sinceTick);
}

export function toLatheDto(parts: LatheParts, nowMs: number): LatheDto {
  const { lathe, job, windows, activeAlerts, live } = parts;
  const active = windows.find((window) => window.state === 'active');
  const planned = windows.filter((window) => window.state === 'planned').map(toWindowDto);
  const health = finiteOrNull(live?.health);
  return {
    id: lathe.id,
    index: lathe.index,
    name: lathe.name,
    model: lathe.model,
    status: latheStatus(parts, nowMs),
    health,
    healthBand: healthBandOf(health),
    failureProbability: finiteOrNull(live?.failureProbability),
    position: lathe.position,
    limits: lathe.limits,
    ...(job ? { currentJob: job.JobID } : {}),
    activeAlerts,
    locked: lathe.locked,
    ...(lathe.locked && lathe.lockedBy ? { lockedBy: lathe.lockedBy } : {}),
    ...(lathe.released ? { released: { ...lathe.released, at: lathe.released.at.toISOString() } } : {}),
    ...(active ? { maintenance: toWindowDto(active) } : {}),
    ...(planned.length > 0 ? { plannedMaintenance: planned } : {}),
    updatedAt: new Date(Math.max(lathe.updatedAt.getTime(), live?.atMs ?? 0)).toISOString(),
  };
}

/** What makes a view worth an event: everything but the figures that travel in frames. */
export function signatureOf(dto: LatheDto): string {
  const { health: _, failureProbability: __, updatedAt: ___, ...settled } = dto;
  return JSON.stringify(settled);
}

const finiteOrNull = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
