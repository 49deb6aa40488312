import { Injectable } from '@nestjs/common';
import type { WhatIfAnswer, WhatIfDto } from '#domain/contract/what-if.js';
import { restoreMachine } from '#domain/machining/machine-state.js';
import { basisOf } from '#domain/what-if/basis.js';
import { LathesService } from '../lathes/lathes.service.js';
import { PlanningService } from '../machining/planning.service.js';
import { CheckpointStore } from '../simulation/checkpoint-store.js';
import { NoRunningJobError } from './what-if.errors.js';
import { WhatIfThread } from './what-if-thread.js';

/** Looks ahead from the state in which a running lathe was last stored, which is about a second ago. */
@Injectable()
export class WhatIfService {
  constructor(
    private readonly lathes: LathesService,
    private readonly checkpoints: CheckpointStore,
    private readonly planning: PlanningService,
    private readonly thread: WhatIfThread,
  ) {}

  /** @throws NotFoundError `lathe_not_found`, NoRunningJobError, MachiningInputError, TooManyRunsError */
  async ask(latheIdText: string, question: WhatIfDto): Promise<WhatIfAnswer> {
    const { id: latheId } = await this.lathes.get(latheIdText);
    const checkpoint = await this.checkpoints.read(latheId);
    const basis = checkpoint?.jobId ? basisOf(restoreMachine(checkpoint.machine)) : null;
    if (!checkpoint?.jobId || !basis) throw new NoRunningJobError(latheId);
    const result = await this.thread.ask({ basis, question, library: await this.planning.library() });
    return { latheId, jobId: checkpoint.jobId, at: new Date(checkpoint.atMs).toISOString(), ...result };
  }
}
