import { Injectable } from '@nestjs/common';
import { JobsQuery } from '../jobs/jobs-query.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import type { StoredAlarm, StoredTransition } from './stored-alarm.js';

/** What a critical alert does to its lathe. */
@Injectable()
export class LatheInterlock {
  constructor(
    private readonly lathes: LathesService,
    private readonly jobs: JobsQuery,
    private readonly commands: CommandBus,
  ) {}

  /** Id of the job that has the lathe, undefined where it is free. */
  async activeJobOf(latheId: string): Promise<string | undefined> {
    return (await this.jobs.activeByLathe([latheId])).get(latheId)?.JobID;
  }

  /** Locks the lathe, so that nothing new begins, and stops what it does. May be repeated. */
  async stop({ id: alertId, latheId, jobId }: StoredAlarm, { actor, atMs }: StoredTransition): Promise<void> {
    await this.lathes.lock(latheId, alertId, new Date(atMs));
    const begunMeanwhile = await this.activeJobOf(latheId); // it may have passed the lock's place just before
    for (const running of new Set([jobId, begunMeanwhile])) {
      if (running === undefined) continue;
      await this.commands.send(latheId, { type: 'stop', jobId: running, reason: 'alert', alertId, by: actor });
    }
  }
}
