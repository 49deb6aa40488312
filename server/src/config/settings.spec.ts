import { describe, expect, it } from '@jest/globals';
import { ConfigError, readSettings } from './settings.js';

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('settings from the environment', () => {
  it('has a default for every variable but engines, model and accounts', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 5000,
      secretKey: undefined,
      mongoUri: undefined,
      redisUrl: undefined,
      dataDir: '.data',
      mlModelPath: undefined,
      sensorIntervalS: 5,
      simulationTimeoutS: 300,
      tickHz: 10,
      fleetSize: 20,
      rawRetentionDays: 30,
      summaryRetentionDays: 90,
      blackBoxRetentionDays: 365,
      role: 'all',
      trustProxy: 0,
      adminUser: undefined,
      adminPassword: undefined,
      allowDemoUsers: false,
      allowLinkLocal: false,
      logLevel: 'info',
      production: false,
      demo: true,
      plantStartedAt: expect.any(Date),
    });
  });

  it('takes an empty value for an unset one', () => {
    expect(readSettings({ PORT: '', MONGO_URI: '', TICK_HZ: '' })).toMatchObject({ port: 5000, tickHz: 10 });
  });

  it('reads numbers, fractions of a second and flags', () => {
    const env = { PORT: '8080', SENSOR_INTERVAL: '0.1', TICK_HZ: '50', ALLOW_DEMO_USERS: '1', TRUST_PROXY: '2' };
    expect(readSettings(env)).toMatchObject({
      port: 8080,
      sensorIntervalS: 0.1,
      tickHz: 50,
      allowDemoUsers: true,
      trustProxy: 2,
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['SENSOR_INTERVAL', '0.05'],
    ['SENSOR_INTERVAL', '3601'],
    ['SIMULATION_TIMEOUT', '0'],
    ['TICK_HZ', '3'],
    ['FLEET_SIZE', '5001'],
    ['RAW_RETENTION_DAYS', '-1'],
    ['SUMMARY_RETENTION_DAYS', '0'],
    ['BLACK_BOX_RETENTION_DAYS', '0'],
    ['ROLE', 'janitor'],
    ['TRUST_PROXY', 'yes'],
    ['ALLOW_DEMO_USERS', 'true'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'prod'],
    ['MONGO_URI', 'postgres://db'],
    ['REDIS_URL', 'localhost'],
    ['SECRET_KEY', 'too-short-a-key'],
  ])('refuses %s=%s by name', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} must `));
  });

  it.each([
    ['MONGO_URI', 'mongo://clerk:hunter2@db'],
    ['REDIS_URL', 'clerk:hunter2@cache'],
    ['SECRET_KEY', 'hunter2'],
  ])('never repeats the value of a bad %s', (name, value) => {
    expect(faultsOf({ [name]: value }).join()).not.toContain('hunter2');
  });

  it('names every fault at once', () => {
    expect(faultsOf({ PORT: 'x', TICK_HZ: '4', ROLE: 'y' }).map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'TICK_HZ',
      'ROLE',
    ]);
  });

  it('asks for a session key in production, and has no demo there', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual(['SECRET_KEY is required when NODE_ENV=production']);
    expect(readSettings({ NODE_ENV: 'production', SECRET_KEY: 'k'.repeat(32) })).toMatchObject({
      production: true,
      demo: false,
    });
    expect(readSettings({ NO_DEMO: '1' }).demo).toBe(false);
  });

  it('wants name and password of the first manager together', () => {
    expect(faultsOf({ ADMIN_USER: 'Asha' })).toEqual(['ADMIN_PASSWORD is required beside ADMIN_USER']);
    expect(faultsOf({ ADMIN_PASSWORD: 'x' })).toEqual(['ADMIN_USER is required beside ADMIN_PASSWORD']);
  });
});
