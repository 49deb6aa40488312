import { Global, Module } from '@nestjs/common';
import { CommandBus } from './command-bus.js';
import { EventBus } from './event-bus.js';
import { LatheTouch } from './lathe-touch.js';
import { Lease } from './lease.js';
import { RedisService } from './redis.service.js';
import { RoleHeartbeat } from './role-heartbeat.js';
import { TelemetryBus } from './telemetry-bus.js';
import { TickBus } from './tick-bus.js';

const buses = [RedisService, TickBus, TelemetryBus, EventBus, CommandBus, LatheTouch, Lease, RoleHeartbeat];

/** What the roles say to each other through Redis. */
@Global()
@Module({ providers: buses, exports: buses })
export class RealtimeBusModule {}
