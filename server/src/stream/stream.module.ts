import { Module } from '@nestjs/common';
import { LatheViewModule } from '../lathes/lathe-view.module.js';
import { MachineStateModule } from '../simulation/machine-state.module.js';
import { StreamGateway } from './stream.gateway.js';
import { StreamHub } from './stream.hub.js';

@Module({
  imports: [LatheViewModule, MachineStateModule],
  providers: [StreamHub, StreamGateway],
})
export class StreamModule {}
