import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AlertsApiModule } from './alerts/alerts-api.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Role } from './config/settings.js';
import { DemoModule } from './demo/demo.module.js';
import { HealthModule } from './health/health.module.js';
import { JobsApiModule } from './jobs/jobs-api.module.js';
import { LatheViewModule } from './lathes/lathe-view.module.js';
import { LathesApiModule } from './lathes/lathes-api.module.js';
import { MachiningModule } from './machining/machining.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { MaterialsModule } from './materials/materials.module.js';
import { OriginalModule } from './original/original.module.js';
import { PagesModule } from './pages/pages.module.js';
import { RealtimeBusModule } from './realtime-bus/realtime-bus.module.js';
import { RecorderModule } from './recorder/recorder.module.js';
import { SimulationModule } from './simulation/simulation.module.js';
import { StoreModule } from './store/store.module.js';
import { StreamModule } from './stream/stream.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { ToolsModule } from './tools/tools.module.js';

/** What every role stands on. */
const FOUNDATION: Type[] = [ConfigModule, StoreModule, RealtimeBusModule];

/** Feature modules by role, in the order in which their routes are asked; pages answer last. */
const API: Type[] = [
  AuthModule,
  HealthModule,
  AlertsApiModule,
  TelemetryModule,
  LathesApiModule,
  JobsApiModule,
  MaintenanceModule,
  ToolsModule,
  MaterialsModule,
  MachiningModule,
  OriginalModule,
  DemoModule,
  StreamModule,
];
const WORKER: Type[] = [SimulationModule, LatheViewModule];
const RECORDER: Type[] = [RecorderModule];

const FEATURES: Record<Role, Type[]> = {
  api: [...API, PagesModule],
  worker: WORKER,
  recorder: RECORDER,
  all: [...API, ...WORKER, ...RECORDER, PagesModule],
};

@Module({})
export class AppModule {
  static forRole(role: Role): DynamicModule {
    return { module: AppModule, imports: [...FOUNDATION, ...FEATURES[role]] };
  }
}
