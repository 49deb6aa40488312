import { common, covers, type Interval, lengthMs, overlapMs } from './interval.js';
import { type LatheTime, stopsWithin } from './lathe-time.js';
import { isFailure, type JobRecord, type LatheRecords } from './records.js';
import { STOP_CAUSES, type StopCause } from './stop-reasons.js';

/**
 * Times and counts of which every figure is made. They add up: over lathes, and over the parts of a window. What a job made
 * is spread evenly over its time; what happens at a moment counts where the moment lies.
 */
export interface KpiSums {
  /** PBT, planned busy time, ms */
  plannedMs: number;
  /** APT, actual production time within it, ms */
  producingMs: number;
  /** of it, that of jobs whose plan is known, ms */
  ratedMs: number;
  /** PRI × PQ: what the plans allow for the parts made in it, ms */
  plannedRunMs: number;
  parts: number;
  inspectedParts: number;
  goodParts: number;
  jobs: number;
  failures: number;
  repairMs: number;
  energyWh: number;
  /** made by the energy that is known */
  meteredParts: number;
  /** of chips, by the energy that is known, kg */
  meteredKg: number;
  /** energy of the jobs whose chips are known, Wh */
  chipEnergyWh: number;
  /** lives of edges that the parts took by plan */
  edges: number;
  toolCost: number;
  /** parts whose tool cost is known */
  costedParts: number;
  /** machine time of completed jobs, min */
  estimatedMin: number;
  actualMin: number;
  alarms: number;
  /** planned busy time without a job, ms by cause */
  lostMs: Record<StopCause, number>;
  /** stops that began in the window, by cause */
  stops: Record<StopCause, number>;
}

const perCause = (): Record<StopCause, number> =>
  Object.fromEntries(STOP_CAUSES.map((cause) => [cause, 0])) as Record<StopCause, number>;

export function emptySums(): KpiSums {
  return {
    ...{ plannedMs: 0, producingMs: 0, ratedMs: 0, plannedRunMs: 0, parts: 0, inspectedParts: 0, goodParts: 0 },
    ...{ jobs: 0, failures: 0, repairMs: 0, energyWh: 0, meteredParts: 0, meteredKg: 0, chipEnergyWh: 0 },
    ...{ edges: 0, toolCost: 0, costedParts: 0, estimatedMin: 0, actualMin: 0, alarms: 0 },
    lostMs: perCause(),
    stops: perCause(),
  };
}

/** Adds one lot of sums to another, in place. @returns the first */
export function addSums(to: KpiSums, more: KpiSums): KpiSums {
  for (const [key, value] of Object.entries(more)) {
    if (typeof value === 'number') (to as unknown as Record<string, number>)[key]! += value;
  }
  for (const cause of STOP_CAUSES) {
    to.lostMs[cause] += more.lostMs[cause];
    to.stops[cause] += more.stops[cause];
  }
  return to;
}

/** Sums of one lathe over a window (merged). */
export function sumsOf(records: LatheRecords, time: LatheTime, window: readonly Interval[]): KpiSums {
  const sums = emptySums();
  const planned = common(time.planned, window);
  sums.plannedMs = lengthMs(planned);
  sums.producingMs = lengthMs(common(planned, time.working));
  for (const job of records.jobs) addJob(sums, job, planned, window);
  for (const repair of time.repairs) sums.repairMs += overlapMs(window, repair);
  for (const { raisedMs } of records.alarms) if (covers(window, raisedMs)) sums.alarms++;
  for (const { stop, lostMs } of stopsWithin(time.stops, window)) {
    sums.lostMs[stop.cause] += lostMs;
    if (covers(window, stop.fromMs)) sums.stops[stop.cause]++;
  }
  return sums;
}

function addJob(sums: KpiSums, job: JobRecord, planned: readonly Interval[], window: readonly Interval[]): void {
  if (covers(window, job.toMs)) addEnd(sums, job);
  const wholeMs = job.toMs - job.fromMs;
  const share = wholeMs > 0 ? overlapMs(window, job) / wholeMs : Number(covers(window, job.toMs));
  if (share === 0 || job.parts === undefined) return;
  const parts = share * job.parts;
  sums.parts += parts;
  if (job.scrapped !== undefined) {
    sums.inspectedParts += parts;
    sums.goodParts += share * Math.max(0, job.parts - job.scrapped);
  }
  if (job.energyWh !== undefined) {
    sums.energyWh += share * job.energyWh;
    sums.meteredParts += parts;
    if (job.planned) {
      sums.meteredKg += parts * job.planned.removedKg;
      sums.chipEnergyWh += share * job.energyWh;
    }
  }
  if (!job.planned) return;
  const plannedMs = overlapMs(planned, job);
  sums.ratedMs += plannedMs;
  if (wholeMs > 0) sums.plannedRunMs += (plannedMs / wholeMs) * job.parts * partMs(job);
  sums.edges += parts * job.planned.edges;
  if (job.edgeCost === undefined) return;
  sums.toolCost += parts * job.planned.edges * job.edgeCost;
  sums.costedParts += parts;
}

function addEnd(sums: KpiSums, job: JobRecord): void {
  if (job.status === 'In Progress') return;
  sums.jobs++;
  if (isFailure(job)) sums.failures++;
  if (job.status !== 'Completed' || job.actualMin === undefined) return;
  sums.estimatedMin += job.estimatedMin;
  sums.actualMin += job.actualMin;
}

/** Planned run time of a part on the wall clock, ms. */
export const partMs = ({ planned, timeScale }: JobRecord): number => (1000 * (planned?.cycleS ?? 0)) / timeScale;
