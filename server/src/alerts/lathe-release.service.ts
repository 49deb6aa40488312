import { Injectable, Logger } from '@nestjs/common';
import type { LatheDto } from '#domain/contract/lathe.js';
import { JobDispatcher } from '../jobs/job-dispatcher.js';
import { LatheViewService } from '../lathes/lathe-view.service.js';
import { LathesService } from '../lathes/lathes.service.js';
import { LatheNotLockedError } from './alerts.errors.js';

/** The way out of a critical stop without maintenance. */
@Injectable()
export class LatheRelease {
  private readonly log = new Logger(LatheRelease.name);

  constructor(
    private readonly lathes: LathesService,
    private readonly view: LatheViewService,
    private readonly dispatcher: JobDispatcher,
  ) {}

  /**
   * Opens the lock of a critical stop; a job that waits for the lathe begins.
   * @param by - userID of the manager who answers for it
   * @throws NotFoundError `lathe_not_found`; LatheNotLockedError
   */
  async release(idText: string, reason: string, by: string): Promise<LatheDto> {
    const { id, locked, lockedBy } = await this.lathes.get(idText);
    const released = { ...(lockedBy ? { alertId: lockedBy } : {}), by, reason, at: new Date() };
    if (!locked || !(await this.lathes.release(id, released))) throw new LatheNotLockedError(id);
    this.log.log({ msg: `${id} is released`, latheId: id, alertId: lockedBy, by, reason });
    await this.dispatcher.startNext(id);
    return this.view.get(id);
  }
}
