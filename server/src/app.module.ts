import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ConfigModule } from './config/config.module.js';
import type { Role } from './config/settings.js';
import { RealtimeBusModule } from './realtime-bus/realtime-bus.module.js';
import { StoreModule } from './store/store.module.js';

/** What every role stands on. */
const FOUNDATION: Type[] = [ConfigModule, StoreModule, RealtimeBusModule];

/** Loaded only where they serve: a worker that comes back after a crash must not wait for what it never uses. */
const LOAD = {
  api: () => import('./roles/api-role.module.js').then((loaded) => dynamic(loaded.ApiRoleModule)),
  worker: () => import('./roles/worker-role.module.js').then((loaded) => dynamic(loaded.WorkerRoleModule)),
  recorder: () => import('./roles/recorder-role.module.js').then((loaded) => dynamic(loaded.RecorderRoleModule)),
};

@Module({})
export class AppModule {
  static forRole(role: Role): DynamicModule {
    const features = role === 'all' ? [LOAD.worker(), LOAD.recorder(), LOAD.api()] : [LOAD[role]()];
    return { module: AppModule, imports: [...FOUNDATION, ...features] };
  }
}

function dynamic(module: Type): DynamicModule {
  return { module };
}
