import { Injectable } from '@nestjs/common';
import { AlarmJournal } from './alarm-journal.js';
import { SYSTEM } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';

/** Brings alarms back from the shelf. Its ends are stored with the alarms, so that no restart loses one. */
@Injectable()
export class AlarmShelves {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly journal: AlarmJournal,
  ) {}

  /** Ends every shelf whose time is over; an alarm that is still active comes back unacknowledged. */
  async expire(atMs: number): Promise<void> {
    for (const id of await this.alarms.listExpiredShelves(new Date(atMs))) {
      await this.journal.recordById(id, ({ state, shelvedUntilMs }) =>
        state === 'shelved' && shelvedUntilMs !== undefined && shelvedUntilMs <= atMs
          ? { type: 'shelfExpired', atMs, actor: SYSTEM }
          : null,
      );
    }
  }
}
