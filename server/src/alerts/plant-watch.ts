import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type AlarmChange, evaluateRules } from '#domain/alarms/evaluate.js';
import { PLANT_TYPES } from '#domain/alarms/judged-quantity.js';
import { alignMemory, newMemory, type RuleMemory } from '#domain/alarms/rule-memory.js';
import { compilePlantRules, pointKey, type RuleSet } from '#domain/alarms/rules.js';
import { Repeat } from '../common/repeat.js';
import { JobsRepository, type ListedJob } from '../jobs/jobs.repository.js';
import { silenceMs } from '../lathes/lathe-view.js';
import { LatheViewService } from '../lathes/lathe-view.service.js';
import { Lease } from '../realtime-bus/lease.js';
import type { LiveSummary } from '../simulation/checkpoint.js';
import { plantProposalOf } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';
import { AlertsService } from './alerts.service.js';
import type { StoredAlarm } from './stored-alarm.js';
import { ThresholdsService } from './thresholds.service.js';

const EVERY_MS = 1000;
const LEASE = 'plant-watch';
/** Changed limits are seen within this time. */
const LIMITS_MS = 5000;

interface Watched {
  jobId: string;
  rules: RuleSet;
  memory: RuleMemory;
  limitsReadMs: number;
}

/** Sees what no worker can say of its own lathe: that it has fallen silent, or takes too long for its job. */
@Injectable()
export class PlantWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watched = new Map<string, Watched>();
  private readonly rounds: Repeat;

  constructor(
    private readonly jobs: JobsRepository,
    private readonly view: LatheViewService,
    private readonly thresholds: ThresholdsService,
    private readonly alarms: AlarmsRepository,
    private readonly alerts: AlertsService,
    private readonly lease: Lease,
  ) {
    this.rounds = new Repeat(PlantWatch.name, EVERY_MS, async () => {
      if (await this.lease.hold(LEASE, 3 * EVERY_MS)) await this.watch(Date.now());
      else this.watched.clear(); // another copy watches: delays that have begun here are no longer true
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** Judges every lathe that has a job, and lets alarms of jobs that are over return. */
  async watch(nowMs: number): Promise<void> {
    const [jobs, known] = await Promise.all([this.jobs.listActive(), this.alarms.glanceOpen({ types: PLANT_TYPES })]);
    const active = known.filter(({ alarm }) => alarm.isActive);
    const byLathe = new Map(jobs.map((job) => [job.latheId, job]));
    for (const stored of active) {
      if (byLathe.get(stored.latheId)?.JobID !== stored.jobId) await this.alerts.propose(returnOf(stored, nowMs));
    }
    await this.readLimits(jobs, nowMs);
    const live = await this.view.live([...byLathe.keys()]);
    for (const job of jobs) {
      const ofJob = active.filter(({ jobId }) => jobId === job.JobID);
      for (const change of this.judge(job, live.get(job.latheId), ofJob, nowMs)) {
        await this.alerts.propose(plantProposalOf(change, { latheId: job.latheId, jobId: job.JobID }));
      }
    }
  }

  private judge(
    job: ListedJob,
    live: LiveSummary | undefined,
    active: readonly StoredAlarm[],
    nowMs: number,
  ): readonly AlarmChange[] {
    const { rules, memory } = this.watched.get(job.latheId)!;
    const told = active.map(({ type, alarm }): [string, number] => [pointKey(type, 'progress'), alarm.priority]);
    alignMemory(rules, memory, new Map(told));
    const begunMs = job.StartTime.getTime();
    const plannedMs = (job.EstimatedTime * 60_000) / job.timeScale;
    const overrun = job.Status === 'In Progress' ? (nowMs - begunMs) / plannedMs : Number.NaN;
    const silentMs = silenceMs({ JobID: job.JobID, StartTime: job.StartTime.toISOString() }, live, nowMs);
    return evaluateRules(rules, memory, nowMs, inOrder({ OFFLINE: silentMs / 1000, JOB_OVERRUN: overrun }));
  }

  /** Begins with new jobs, forgets those that are over, and reads limits again from time to time. */
  private async readLimits(jobs: readonly ListedJob[], nowMs: number): Promise<void> {
    const running = new Map(jobs.map(({ latheId, JobID }) => [latheId, JobID]));
    for (const [latheId, { jobId }] of this.watched) {
      if (running.get(latheId) !== jobId) this.watched.delete(latheId);
    }
    const due = [...running.keys()].filter((latheId) => {
      const readMs = this.watched.get(latheId)?.limitsReadMs ?? Number.NEGATIVE_INFINITY;
      return !(readMs <= nowMs && nowMs - readMs < LIMITS_MS);
    });
    const limits = await this.thresholds.loadMany(due);
    for (const latheId of due) {
      const rules = compilePlantRules(limits.get(latheId) ?? []);
      const known = this.watched.get(latheId);
      const isSame = known && JSON.stringify(known.rules) === JSON.stringify(rules);
      const memory = isSame ? known.memory : newMemory(rules);
      this.watched.set(latheId, { jobId: running.get(latheId) ?? '', rules, memory, limitsReadMs: nowMs });
    }
  }
}

const inOrder = (readings: Record<(typeof PLANT_TYPES)[number], number>): number[] =>
  PLANT_TYPES.map((type) => readings[type]);

function returnOf({ latheId, jobId, type, alarm }: StoredAlarm, atMs: number) {
  const { priority, message = '' } = alarm;
  const what = { kind: 'returned' as const, type, priority, atMs, message, isLatching: false, stop: false };
  return { ...what, latheId, ...(jobId ? { jobId } : {}) };
}
