import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsoleLogger, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test, type TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { loadConfig } from '../src/config/config.js';
import { configureHttp } from '../src/serve-http.js';

/**
 * A database and a Redis keyspace of one spec file's own on the real engines that the suite has started, so that spec
 * files can run side by side.
 */
export async function openSandbox(settings: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-spec-'));
  const mongoUri = withDatabase(process.env.MONGO_URI ?? '', `spec_${randomBytes(6).toString('hex')}`);
  const redisUrl = withKeyspace(process.env.REDIS_URL ?? '', process.env.JEST_WORKER_ID ?? '1');
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  const env = { MONGO_URI: mongoUri, REDIS_URL: redisUrl, DATA_DIR: dataDir, ...settings };
  Object.assign(process.env, env);

  return {
    env,
    redis,
    config: loadConfig(env),

    /** The given modules behind a real HTTP server on a free port. */
    async serve(imports: Type[]): Promise<{ url: string; app: NestExpressApplication }> {
      const compiled = await Test.createTestingModule({ imports }).compile();
      const app = compiled.createNestApplication<NestExpressApplication>({ logger: ['error', 'fatal'] });
      configureHttp(app, loadConfig(env));
      await app.listen(0, '127.0.0.1');
      return { url: await app.getUrl(), app };
    },

    /** The given modules without HTTP, as a worker has them; several stand for several processes. */
    async start(imports: Type[]): Promise<TestingModule> {
      const compiled = await Test.createTestingModule({ imports })
        .setLogger(new ConsoleLogger({ logLevels: ['error'] }))
        .compile();
      return compiled.init();
    },

    async close(): Promise<void> {
      const connection = await mongoose.createConnection(mongoUri).asPromise();
      await connection.dropDatabase();
      await connection.close();
      await redis.flushdb();
      redis.disconnect();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type Sandbox = Awaited<ReturnType<typeof openSandbox>>;

function withDatabase(uri: string, name: string): string {
  const [, server = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*(\?.*)?$/.exec(uri) ?? [];
  return `${server}/${name}${query}`;
}

function withKeyspace(url: string, number: string): string {
  const [address = '', query = ''] = url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('db', number);
  return `${address}?${parameters}`;
}
