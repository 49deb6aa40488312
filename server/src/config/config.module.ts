import { Global, Module } from '@nestjs/common';
import { AppConfig, loadConfig } from './config.js';

/** Gives every module the one configuration: ask for `AppConfig` in a constructor. */
@Global()
@Module({
  providers: [{ provide: AppConfig, useFactory: () => loadConfig() }],
  exports: [AppConfig],
})
export class ConfigModule {}
