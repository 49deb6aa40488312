import { Module } from '@nestjs/common';
import { AlertsWorkerModule } from '../alerts/alerts-worker.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LathesModule } from '../lathes/lathes.module.js';
import { ActiveModelModule } from '../prediction/active-model.module.js';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { MachineStateModule } from './machine-state.module.js';
import { RunStarter } from './run-starter.js';
import { SimulationWorker } from './simulation.worker.js';
import { SimulationEngine } from './simulation-engine.js';

/** What a worker does: takes machining jobs from the queue and runs them on their lathes. */
@Module({
  imports: [
    ActiveModelModule,
    AlertsWorkerModule,
    JobsModule,
    LathesModule,
    MachineStateModule,
    TelemetryArchiveModule,
  ],
  providers: [RunStarter, SimulationEngine, SimulationWorker],
})
export class SimulationModule {}
