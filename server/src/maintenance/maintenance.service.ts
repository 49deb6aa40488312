import { Injectable, Logger } from '@nestjs/common';
import { Types } from 'mongoose';
import type { CreateMaintenanceDto, MaintenanceWindowDto } from '#domain/contract/lathe.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { NotFoundError } from '../common/errors.js';
import { JobDispatcher } from '../jobs/job-dispatcher.js';
import { JobsRepository } from '../jobs/jobs.repository.js';
import { LathesService } from '../lathes/lathes.service.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { ToolsService } from '../tools/tools.service.js';
import {
  LatheBusyForMaintenanceError,
  MaintenanceOverlapError,
  StartInPastError,
  UnknownToolError,
} from './maintenance.errors.js';
import { toWindowDto } from './maintenance-calendar.js';
import { type MaintenanceWindow, MaintenanceWindowsRepository } from './maintenance-windows.repository.js';

const MINUTE_MS = 60_000;
/** A start this little ago is meant as now. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;

@Injectable()
export class MaintenanceService {
  private readonly log = new Logger(MaintenanceService.name);

  constructor(
    private readonly windows: MaintenanceWindowsRepository,
    private readonly lathes: LathesService,
    private readonly jobs: JobsRepository,
    private readonly dispatcher: JobDispatcher,
    private readonly machines: MachineStateService,
    private readonly tools: ToolsService,
    private readonly alerts: AlertsService,
    private readonly touched: LatheTouch,
  ) {}

  /**
   * Plans maintenance, or starts it at once where no later start is given.
   * @param by - userID of who asks
   * @throws LatheBusyForMaintenanceError where it should start at once and a job has the lathe
   * @throws MaintenanceOverlapError, UnknownToolError, StartInPastError, NotFoundError
   */
  async plan(latheIdText: string, wish: CreateMaintenanceDto, by: string): Promise<MaintenanceWindowDto> {
    const { id: latheId } = await this.lathes.get(latheIdText);
    const now = new Date();
    const start = startOf(wish, now);
    const window: MaintenanceWindow = {
      id: new Types.ObjectId().toHexString(),
      latheId,
      state: 'planned',
      start,
      end: new Date(start.getTime() + wish.minutes * MINUTE_MS),
      minutes: wish.minutes,
      reason: wish.reason,
      ...(wish.replaceTool === undefined ? {} : { replaceTool: wish.replaceTool }),
      toolReplaced: false,
      plannedBy: by,
    };
    await this.assertToolKnown(wish.replaceTool);
    await this.assertFree(window);
    await this.windows.ready();
    await this.windows.insert(window);
    if (start <= now) await this.startNow(window);
    this.touched.touch(latheId);
    return toWindowDto((await this.windows.find(latheId, window.id)) ?? window);
  }

  /**
   * Ends an active window, which opens a locked lathe, or calls a planned one off.
   * @throws NotFoundError `maintenance_window_not_found`, also for one that has ended
   */
  async end(latheIdText: string, windowId: string): Promise<MaintenanceWindowDto> {
    const { id: latheId } = await this.lathes.get(latheIdText);
    const window = await this.windows.find(latheId, windowId);
    if (window?.state === 'active') await this.finish(window, new Date());
    else if (!window || !(await this.windows.change(windowId, 'planned', { state: 'cancelled' }))) {
      throw new NotFoundError('maintenance window', windowId);
    }
    this.touched.touch(latheId);
    await this.dispatcher.startNext(latheId);
    return toWindowDto((await this.windows.find(latheId, windowId)) ?? window);
  }

  /** Starts what is due and ends what is over, as of `now`. Several copies may do so at once: each step happens once. */
  async advance(now: Date): Promise<void> {
    for (const window of await this.windows.listOpen()) {
      if (window.state === 'planned' && window.start <= now) await this.begin(window, now);
      if (window.state === 'active' && window.end <= now) await this.finish(window, now);
      else if (window.state === 'active' && !window.toolReplaced) await this.replaceTool(window);
    }
  }

  /** An immediate window either starts or has never been. */
  private async startNow(window: MaintenanceWindow): Promise<void> {
    if (await this.begin(window, window.start)) return;
    await this.windows.withdraw(window.id);
    const job = await this.jobs.findActive(window.latheId);
    if (job) throw new LatheBusyForMaintenanceError(window.latheId, job.JobID);
    throw new MaintenanceOverlapError(window.latheId, window.start, window.end);
  }

  /** Starts a planned window once no job has the lathe; its length counts from then. @returns whether it has started */
  private async begin(window: MaintenanceWindow, now: Date): Promise<boolean> {
    if (await this.jobs.findActive(window.latheId)) return false;
    const end = new Date(now.getTime() + window.minutes * MINUTE_MS);
    if (!(await this.windows.change(window.id, 'planned', { state: 'active', start: now, end }))) return false;
    if (await this.jobs.findActive(window.latheId)) {
      // A job that came in between has seen no window: it goes first.
      await this.windows.change(window.id, 'active', { state: 'planned', start: window.start, end: window.end });
      return false;
    }
    await this.replaceTool(window);
    this.log.log(`Maintenance of ${window.latheId} has begun: ${window.reason}`);
    this.touched.touch(window.latheId);
    return true;
  }

  /** Opens the lock first: should this process die in between, the window is still there to be finished again. */
  private async finish(window: MaintenanceWindow, now: Date): Promise<void> {
    if (!window.toolReplaced) await this.replaceTool(window);
    await this.lathes.unlock(window.latheId, now);
    if (!(await this.windows.change(window.id, 'active', { state: 'ended', end: now }))) return;
    this.log.log(`Maintenance of ${window.latheId} has ended.`);
    this.touched.touch(window.latheId);
    await this.dispatcher.startNext(window.latheId);
  }

  private async replaceTool({ id, latheId, replaceTool }: MaintenanceWindow): Promise<void> {
    // A tool that the turret never held is new when it first comes.
    if (replaceTool !== undefined && (await this.machines.toolOf(latheId, replaceTool))) {
      await this.machines.replaceTool(latheId, replaceTool);
      await this.alerts.toolReplaced(latheId, Date.now(), replaceTool);
    }
    await this.windows.change(id, 'active', { toolReplaced: true });
  }

  private async assertToolKnown(toolNo: number | undefined): Promise<void> {
    if (toolNo === undefined) return;
    if (!(await this.tools.list()).some((tool) => tool.toolNo === toolNo)) throw new UnknownToolError(toolNo);
  }

  private async assertFree({ latheId, start, end }: MaintenanceWindow): Promise<void> {
    const other = (await this.windows.listOpen([latheId])).find((open) => open.start < end && start < open.end);
    if (other) throw new MaintenanceOverlapError(latheId, other.start, other.end);
  }
}

function startOf({ start }: CreateMaintenanceDto, now: Date): Date {
  if (start === undefined) return now;
  const wished = new Date(start);
  if (wished.getTime() < now.getTime() - CLOCK_TOLERANCE_MS) throw new StartInPastError();
  return wished < now ? now : wished;
}
