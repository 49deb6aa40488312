import { Injectable } from '@nestjs/common';
import type { LatheInterlock } from '../alerts/lathe-interlock.js';
import type { StoredAlarm, StoredTransition } from '../alerts/stored-alarm.js';
import type { LatheRun } from './lathe-run.js';

/** Stops the run at hand before its next tick. Nothing is locked: each job gets its lathe as if newly serviced. */
@Injectable()
export class RunInterlock implements Pick<LatheInterlock, 'stop'> {
  private run: LatheRun | null = null;
  private stops = 0;

  guard(run: LatheRun): void {
    this.run = run;
  }

  async stop({ id: alertId }: StoredAlarm, { actor: by }: StoredTransition): Promise<void> {
    if (!this.run) return;
    const command = { type: 'stop', jobId: this.run.jobId, reason: 'alert', alertId, by } as const;
    this.run.receive([{ id: `${++this.stops}-0`, command }]);
  }
}
