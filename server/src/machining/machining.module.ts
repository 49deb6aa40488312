import { Module } from '@nestjs/common';

import { AcceleratedRuns } from './accelerated-runs.service.js';
import { MachiningController } from './machining.controller.js';
import { PlanningModule } from './planning.module.js';

@Module({ imports: [PlanningModule], controllers: [MachiningController], providers: [AcceleratedRuns] })
export class MachiningModule {}
