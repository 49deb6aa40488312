import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '#domain/contract/errors.js';
import { CreateJobSchema } from '#domain/contract/job.js';
import { AlertsQuery } from '../alerts/alerts-query.service.js';
import { JobFaults } from '../jobs/job-faults.service.js';
import { JobsRepository, type ListedJob } from '../jobs/jobs.repository.js';
import { JobsService } from '../jobs/jobs.service.js';
import type { Lathe } from '../lathes/lathes.repository.js';
import { LathesService } from '../lathes/lathes.service.js';
import { MaintenanceService } from '../maintenance/maintenance.service.js';
import { MaintenanceWindowsRepository } from '../maintenance/maintenance-windows.repository.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { type DemoSituation, type DemoStep, nextDemoStep, VISITOR_MS } from './demo-decision.js';
import { DEMO_PROGRAM, type DemoJob, type DemoLathe, demoLatheCount } from './demo-program.js';

/** Who the demo's jobs and maintenance are said to be from. */
export const DEMO_OPERATOR = 'demo';
/** Long enough to be seen, short enough not to be waited for. */
const MAINTENANCE_MINUTES = 0.25;
const FAULT_MARK_TTL_S = 86_400;

/** Keeps the first lathes of the plant at work by the demo program, through the same doors that people use. */
@Injectable()
export class DemoDriver {
  private readonly log = new Logger(DemoDriver.name);

  constructor(
    private readonly lathes: LathesService,
    private readonly jobs: JobsRepository,
    private readonly starts: JobsService,
    private readonly faults: JobFaults,
    private readonly maintenance: MaintenanceService,
    private readonly windows: MaintenanceWindowsRepository,
    private readonly machines: MachineStateService,
    private readonly alerts: AlertsQuery,
    private readonly redis: RedisService,
  ) {}

  /** One look at each lathe of the demo, and what it takes. */
  async round(now: Date): Promise<void> {
    const fleet = await this.lathes.list();
    const mine = fleet.slice(0, demoLatheCount(fleet.length));
    const running = new Map((await this.jobs.listActive(mine.map(({ id }) => id))).map((job) => [job.latheId, job]));
    for (const [i, lathe] of mine.entries()) {
      const program = DEMO_PROGRAM[i] as DemoLathe;
      await this.attend(lathe, program, running.get(lathe.id), now);
    }
  }

  private async attend(lathe: Lathe, program: DemoLathe, job: ListedJob | undefined, now: Date): Promise<void> {
    try {
      if (job) await this.disturb(job, program, now);
      else await this.goOn(lathe, program, now);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.debug(`${lathe.id} is left for now: ${error.message}`); // a visitor was quicker, or has set other limits
    }
  }

  private async goOn(lathe: Lathe, program: DemoLathe, now: Date): Promise<void> {
    const [last] = await this.jobs.page({ latheId: lathe.id }, 1);
    const { next, round } = await this.nextJob(lathe.id, program);
    const step = nextDemoStep(await this.situation(lathe, last, next, now));
    await this.take(step, lathe, next, round);
  }

  private async take(step: DemoStep, lathe: Lathe, next: DemoJob, round: number): Promise<void> {
    if (step === 'leave') return;
    if (step === 'startJob') {
      await this.starts.create(CreateJobSchema.parse({ ...next, latheId: lathe.id }), DEMO_OPERATOR);
      await this.redis.client.hset(KEYS.demoRounds, lathe.id, round + 1);
      return;
    }
    const reason = step === 'repair' ? 'Inspection after an alarm' : `Change of tool ${next.toolNo}`;
    const wish = { minutes: MAINTENANCE_MINUTES, reason, replaceTool: next.toolNo };
    await this.maintenance.plan(lathe.id, wish, DEMO_OPERATOR);
  }

  private async nextJob(latheId: string, { jobs }: DemoLathe): Promise<{ next: DemoJob; round: number }> {
    const round = Number((await this.redis.client.hget(KEYS.demoRounds, latheId)) ?? 0);
    return { next: jobs[round % jobs.length] as DemoJob, round };
  }

  private async situation(lathe: Lathe, last: ListedJob | undefined, next: DemoJob, now: Date): Promise<DemoSituation> {
    const [open, visitors, tool, byPerson] = await Promise.all([
      this.windows.listOpen([lathe.id]),
      this.windows.findLastEndedNotBy(lathe.id, DEMO_OPERATOR, new Date(now.getTime() - VISITOR_MS)),
      this.machines.toolOf(lathe.id, next.toolNo),
      lathe.locked && lathe.lockedBy ? this.isManual(lathe.lockedBy) : false,
    ]);
    return {
      nowMs: now.getTime(),
      ...(last
        ? {
            job: {
              status: last.Status,
              isDemo: last.operator === DEMO_OPERATOR,
              endedAtMs: last.EndTime?.getTime() ?? null,
            },
          }
        : {}),
      hasMaintenance: open.some(
        ({ state, start }) => state === 'active' || start.getTime() < now.getTime() + VISITOR_MS,
      ),
      visitorsMaintenanceEndedAtMs: visitors?.end.getTime(),
      ...(lathe.locked ? { lock: { atMs: lathe.lockedAt?.getTime() ?? 0, byPerson } } : {}),
      tool: { isBroken: tool?.broken ?? false, lifeUsed: next.parameters?.flankWear ? 0 : (tool?.lifeUsed ?? 0) },
    };
  }

  private async isManual(alertId: string): Promise<boolean> {
    return (await this.alerts.get(alertId)).alert_type === 'MANUAL';
  }

  /** Injects the program's fault into its first job once, when its time has come. */
  private async disturb(job: ListedJob, { jobs, fault }: DemoLathe, now: Date): Promise<void> {
    if (!fault || job.operator !== DEMO_OPERATOR || job.Status !== 'In Progress') return;
    if (job.Description !== jobs[0]?.description) return;
    if (now.getTime() - job.StartTime.getTime() < fault.afterWallS * 1000) return;
    const isFirst = await this.redis.client.set(KEYS.demoFault(job.JobID), '1', 'EX', FAULT_MARK_TTL_S, 'NX');
    if (isFirst) await this.faults.inject(job.JobID, fault.fault, DEMO_OPERATOR);
  }
}
