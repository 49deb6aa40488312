import { Module } from '@nestjs/common';
import { MaterialsModule } from '../materials/materials.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { PlanningService } from './planning.service.js';

@Module({
  imports: [MaterialsModule, ToolsModule],
  providers: [PlanningService],
  exports: [PlanningService],
})
export class PlanningModule {}
