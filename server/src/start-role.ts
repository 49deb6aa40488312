import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { UnsafeAccountsError } from './auth/auth.errors.js';
import { JsonLogger } from './common/json-logger.js';
import { type AppConfig, ConfigError, loadConfig, readEnvironment } from './config/config.js';
import { ROLES, type Role } from './config/settings.js';
import { readStartModel } from './prediction/start-model.js';

/** The role on the command line (`--role=api`), else the configured one. */
function roleOf(argv: readonly string[], config: AppConfig): Role {
  const wished = argv.find((arg) => arg.startsWith('--role='))?.slice('--role='.length) ?? config.role;
  const role = ROLES.find((known) => known === wished);
  if (!role) throw new ConfigError([`--role must be one of ${ROLES.join(', ')}`]);
  return role;
}

/** Starts one role of the product; a start that cannot succeed ends with one line per fault and exit code 1. */
export async function startRole(): Promise<INestApplicationContext> {
  try {
    const config = loadConfig(readEnvironment());
    const role = roleOf(process.argv, config);
    readStartModel(config.mlModelPath);
    const logger = new JsonLogger(config.logLevel, role);
    const options = { logger, abortOnError: false };
    if (role === 'api' || role === 'all') {
      const { serveHttp } = await import('./serve-http.js');
      return await serveHttp(AppModule.forRole(role), config, options);
    }
    const context = await NestFactory.createApplicationContext(AppModule.forRole(role), options);
    context.enableShutdownHooks();
    return context;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UnsafeAccountsError)
      process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  }
}
