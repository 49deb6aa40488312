import { Module } from '@nestjs/common';

import { MachiningController } from './machining.controller.js';
import { PlanningModule } from './planning.module.js';

@Module({ imports: [PlanningModule], controllers: [MachiningController] })
export class MachiningModule {}
