import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { ConfigError, readSettings, Settings } from './settings.js';

export { ConfigError };

/** What a role runs with: every setting, the engines' addresses and the session key. Also its injection token in Nest. */
export abstract class AppConfig extends Settings {
  abstract override readonly secretKey: string;
  abstract override readonly mongoUri: string;
  abstract override readonly redisUrl: string;
}

export type Config = AppConfig;

/** The process environment over the variables of a `.env` file in `folder`, where there is one. */
export function readEnvironment(folder = process.cwd(), env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...readDotEnv(join(folder, '.env')), ...env };
}

/**
 * The configuration of one role: settings, engine addresses, and a session key that survives restarts.
 * @param env - defaults to the process environment over `.env`
 * @throws ConfigError naming every variable that is wrong or missing
 */
export function loadConfig(env: NodeJS.ProcessEnv = readEnvironment()): Config {
  const settings = readSettings(env);
  const { mongoUri, redisUrl } = settings;
  if (!mongoUri || !redisUrl) {
    const missing = [mongoUri ? '' : 'MONGO_URI', redisUrl ? '' : 'REDIS_URL'].filter(Boolean);
    throw new ConfigError(missing.map((name) => `${name} is required (npm start supplies it)`));
  }
  const dataDir = resolve(settings.dataDir);
  return { ...settings, dataDir, mongoUri, redisUrl, secretKey: settings.secretKey ?? keptSecret(dataDir) };
}

/** The random key of this data folder; several roles may ask at once, and all must get the same one. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  const kept = readIfPresent(path);
  if (kept) return kept;
  mkdirSync(dataDir, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, randomBytes(48).toString('base64url'), { mode: 0o600 });
  chmodSync(fresh, 0o600);
  try {
    linkSync(fresh, path); // unlike a rename, this never replaces a key that another role has just written
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
  return readFileSync(path, 'utf8');
}

function readDotEnv(path: string): Record<string, string> {
  return parse(readIfPresent(path) ?? '');
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
