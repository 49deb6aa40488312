import type { Type } from '@nestjs/common';
import type { CreateJobDto } from '#domain/contract/job.js';
import { AuthModule } from '../src/auth/auth.module.js';
import { UsersService } from '../src/auth/users.service.js';
import { ConfigModule } from '../src/config/config.module.js';
import { HealthModule } from '../src/health/health.module.js';
import { JobsApiModule } from '../src/jobs/jobs-api.module.js';
import { LathesApiModule } from '../src/lathes/lathes-api.module.js';
import { MachiningModule } from '../src/machining/machining.module.js';
import { MaintenanceModule } from '../src/maintenance/maintenance.module.js';
import { MaterialsModule } from '../src/materials/materials.module.js';
import { OriginalModule } from '../src/original/original.module.js';
import { RealtimeBusModule } from '../src/realtime-bus/realtime-bus.module.js';
import { StoreModule } from '../src/store/store.module.js';
import { ToolsModule } from '../src/tools/tools.module.js';
import { type Caller, callerFor, signIn } from './client.js';
import { openSandbox } from './sandbox.js';

/** A plant with its lathes, libraries and jobs behind HTTP, with nobody but the spec to work on it: no worker runs. */
export async function openShop(settings: Record<string, string> = {}, more: Type[] = []) {
  const sandbox = await openSandbox(settings);
  const { url, app } = await sandbox.serve([
    ConfigModule,
    StoreModule,
    RealtimeBusModule,
    AuthModule,
    HealthModule,
    LathesApiModule,
    JobsApiModule,
    MaintenanceModule,
    ToolsModule,
    MaterialsModule,
    MachiningModule,
    OriginalModule,
    ...more,
  ]);
  await app.get(UsersService, { strict: false }).seedDemo();
  const cookies = { operator: await signIn(url, 'Yash'), manager: await signIn(url, 'Sahil') };
  return {
    app,
    url,
    cookies,
    operator: callerFor(url, cookies.operator) as Caller,
    manager: callerFor(url, cookies.manager) as Caller,
    nobody: callerFor(url) as Caller,
    async close(): Promise<void> {
      await app.close();
      await sandbox.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** A job that any lathe can do. */
export const simpleJob = (latheId: string, more: Partial<CreateJobDto> = {}): CreateJobDto => ({
  latheId,
  jobType: 'turning',
  material: 'Mild Steel',
  toolNo: 1,
  estimatedTime: 5,
  ...more,
});
