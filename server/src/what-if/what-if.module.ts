import { Module } from '@nestjs/common';
import { LathesModule } from '../lathes/lathes.module.js';
import { PlanningModule } from '../machining/planning.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { WhatIfController } from './what-if.controller.js';
import { WhatIfService } from './what-if.service.js';
import { WhatIfThread } from './what-if-thread.js';

@Module({
  imports: [LathesModule, MachineStateModule, PlanningModule],
  controllers: [WhatIfController],
  providers: [WhatIfService, { provide: WhatIfThread, useFactory: () => new WhatIfThread() }],
})
export class WhatIfModule {}
