import { common, type Interval, merged, overlapMs, without } from './interval.js';
import { isFailure, type JobRecord, type LatheRecords } from './records.js';
import type { StopCause } from './stop-reasons.js';

/** Standing still for less than this needs no explanation. */
const MINOR_MS = 5 * 60_000;

/** Time in which a lathe was planned to work and did not. */
export interface Stop extends Interval {
  cause: StopCause;
  /** id of the job before it */
  afterJob?: string;
}

export interface Repair extends Interval {
  jobId: string;
  /** when somebody began to act: first maintenance, or the next job */
  actedMs: number | null;
}

/** How a lathe spent its time; every list is in the order of time. */
export interface LatheTime {
  /** planned busy time (PBT of ISO 22400-2): shifts without planned maintenance */
  planned: Interval[];
  /** time in which a job ran, planned or not */
  working: Interval[];
  stops: Stop[];
  /** from each failure until the lathe is well again */
  repairs: Repair[];
}

/**
 * Derives a lathe's time from what is on record. Maintenance that follows a failure before any other job is repair and
 * counts as lost; any other maintenance was planned and takes its time out of the planned busy time.
 * @param busy - shifts of the plant within the time on record, merged
 * @param endMs - end of the record, epoch ms
 */
export function latheTime(records: LatheRecords, busy: readonly Interval[], endMs: number): LatheTime {
  const repairs = repairsOf(records, endMs);
  const repairing = merged(repairs);
  const services = records.services.filter(({ fromMs }) => !repairs.some((r) => r.fromMs <= fromMs && fromMs < r.toMs));
  const planned = without(busy, merged(services));
  const working = merged(records.jobs);
  const idle = without(planned, working);
  const stops = idle.map((stop) => {
    const afterJob = lastEndingBy(records.jobs, stop.fromMs)?.id;
    const cause = causeOf(stop, records, repairing);
    return { ...stop, cause, ...(afterJob === undefined ? {} : { afterJob }) };
  });
  return { planned, working, stops, repairs };
}

function causeOf(stop: Interval, { reasons }: LatheRecords, repairing: readonly Interval[]): StopCause {
  const said = reasons.get(stop.fromMs);
  if (said) return said;
  if (overlapMs(repairing, stop) > 0) return 'breakdown';
  return stop.toMs - stop.fromMs < MINOR_MS ? 'minor' : 'unexplained';
}

/** A lathe is well again with the end of the maintenance after its failure, without any with its next job. */
function repairsOf({ jobs, services }: LatheRecords, endMs: number): Repair[] {
  return jobs.flatMap((job, i) => {
    if (!isFailure(job)) return [];
    const nextMs = jobs[i + 1]?.fromMs ?? endMs;
    const within = services.filter(({ fromMs }) => fromMs >= job.toMs && fromMs < nextMs);
    const wellMs = within.length > 0 ? Math.min(nextMs, within.at(-1)!.toMs) : nextMs;
    const actedMs = within[0]?.fromMs ?? jobs[i + 1]?.fromMs ?? null;
    return [{ jobId: job.id, fromMs: job.toMs, toMs: Math.max(job.toMs, wellMs), actedMs }];
  });
}

function lastEndingBy(jobs: readonly JobRecord[], atMs: number): JobRecord | undefined {
  return jobs.findLast(({ toMs }) => toMs <= atMs);
}

/** The parts of stops that lie in a window (merged), with the stops that they belong to. */
export function stopsWithin(stops: readonly Stop[], window: readonly Interval[]): { stop: Stop; lostMs: number }[] {
  return stops.flatMap((stop) => {
    const lostMs = common([stop], window).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    return lostMs > 0 ? [{ stop, lostMs }] : [];
  });
}
