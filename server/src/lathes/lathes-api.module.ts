import { Module } from '@nestjs/common';
import { LatheViewModule } from './lathe-view.module.js';
import { LatheWatch } from './lathe-watch.js';
import { LathesController } from './lathes.controller.js';
import { LathesModule } from './lathes.module.js';

@Module({
  imports: [LatheViewModule, LathesModule],
  controllers: [LathesController],
  providers: [LatheWatch],
})
export class LathesApiModule {}
