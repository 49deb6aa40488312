import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { StoreModule } from '../store/store.module.js';
import { UsersModule } from './auth.module.js';
import { UsersService } from './users.service.js';

@Module({ imports: [ConfigModule, StoreModule, UsersModule] })
class SeedUsersModule {}

if (loadConfig().production) {
  process.stderr.write('Demo users have known passwords and are not created with NODE_ENV=production.\n');
  process.exit(1);
}
const app = await NestFactory.createApplicationContext(SeedUsersModule, { logger: ['error', 'warn'] });
console.table(await app.get(UsersService).seedDemo());
await app.close();
