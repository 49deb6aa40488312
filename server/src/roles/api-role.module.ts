import { Module } from '@nestjs/common';
import { AlertsApiModule } from '../alerts/alerts-api.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { BlackBoxApiModule } from '../black-box/black-box.module.js';
import { DemoModule } from '../demo/demo.module.js';
import { HealthModule } from '../health/health.module.js';
import { JobsApiModule } from '../jobs/jobs-api.module.js';
import { LathesApiModule } from '../lathes/lathes-api.module.js';
import { MachiningModule } from '../machining/machining.module.js';
import { MaintenanceModule } from '../maintenance/maintenance.module.js';
import { MaterialsModule } from '../materials/materials.module.js';
import { NotificationsApiModule } from '../notifications/notifications.module.js';
import { OriginalModule } from '../original/original.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { ModelsModule } from '../prediction/models.module.js';
import { PredictionsModule } from '../prediction/predictions.module.js';
import { StreamModule } from '../stream/stream.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { WhatIfModule } from '../what-if/what-if.module.js';

/** What answers browsers and programs, in the order in which routes are asked; pages answer last. */
@Module({
  imports: [
    AuthModule,
    HealthModule,
    AlertsApiModule,
    BlackBoxApiModule,
    TelemetryModule,
    LathesApiModule,
    JobsApiModule,
    MaintenanceModule,
    ToolsModule,
    MaterialsModule,
    MachiningModule,
    WhatIfModule,
    PredictionsModule,
    ModelsModule,
    NotificationsApiModule,
    OriginalModule,
    DemoModule,
    StreamModule,
    PagesModule,
  ],
})
export class ApiRoleModule {}
