import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, readEnvironment } from './config.js';

const engines = { MONGO_URI: 'mongodb://localhost:27017', REDIS_URL: 'redis://localhost:6379' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'byte-astra-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('configuration of a role', () => {
  it('cannot be had without engines', () => {
    expect(() => loadConfig({ DATA_DIR: folder })).toThrow(ConfigError);
    expect(() => loadConfig({ DATA_DIR: folder })).toThrow(/MONGO_URI is required.*\nREDIS_URL is required/);
  });

  it('keeps one random session key per data folder, for its owner alone', () => {
    const first = loadConfig({ ...engines, DATA_DIR: join(folder, 'plant') });
    const second = loadConfig({ ...engines, DATA_DIR: join(folder, 'plant') });
    const other = loadConfig({ ...engines, DATA_DIR: join(folder, 'other') });
    expect(first.secretKey.length).toBeGreaterThanOrEqual(32);
    expect(second.secretKey).toBe(first.secretKey);
    expect(other.secretKey).not.toBe(first.secretKey);
    expect(statSync(join(folder, 'plant', 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'plant'))).toEqual(['secret']);
  });

  it('prefers a given session key and keeps none', () => {
    const key = 'a-key-of-more-than-thirty-two-characters';
    expect(loadConfig({ ...engines, DATA_DIR: folder, SECRET_KEY: key }).secretKey).toBe(key);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads .env below the process environment', () => {
    writeFileSync(join(folder, '.env'), 'PORT=6000 # the door\nTICK_HZ="20"\n#FLEET_SIZE=3\n');
    expect(readEnvironment(folder, { PORT: '7000' })).toEqual({ PORT: '7000', TICK_HZ: '20' });
    expect(readEnvironment(join(folder, 'nowhere'), {})).toEqual({});
  });
});
