import { Module } from '@nestjs/common';
import { LathesModule } from '../lathes/lathes.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { TelemetryArchiveModule } from '../telemetry/telemetry-archive.module.js';
import { ActiveModelModule } from './active-model.module.js';
import { PredictionsController } from './predictions.controller.js';
import { PredictionsService } from './predictions.service.js';

@Module({
  imports: [ActiveModelModule, LathesModule, MachineStateModule, TelemetryArchiveModule],
  controllers: [PredictionsController],
  providers: [PredictionsService],
})
export class PredictionsModule {}
