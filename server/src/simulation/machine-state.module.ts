import { Module } from '@nestjs/common';
import { LathesModule } from '../lathes/lathes.module.js';
import { CheckpointStore } from './checkpoint-store.js';
import { MachineStateService } from './machine-state.service.js';

/** The state of machines between jobs, for every role. */
@Module({
  imports: [LathesModule],
  providers: [CheckpointStore, MachineStateService],
  exports: [CheckpointStore, MachineStateService],
})
export class MachineStateModule {}
