import { z } from 'zod';

/** One environment variable each: unit, bounds and default in one place. An empty value counts as unset. */
const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const whole = (min: number, max: number) =>
  z.coerce
    .number(`must be a whole number from ${min} to ${max}`)
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, {
      message: `must be a whole number from ${min} to ${max}`,
    });
const seconds = (min: number, max: number) =>
  z.coerce
    .number(`must be a number of seconds from ${min} to ${max}`)
    .refine((value) => value >= min && value <= max, { message: `must be a number of seconds from ${min} to ${max}` });

export const TICK_RATES_HZ = [1, 2, 5, 10, 20, 50] as const;
export const ROLES = ['all', 'api', 'worker', 'recorder'] as const;
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

const oneOf = (values: readonly (string | number)[]) => `must be one of ${values.join(', ')}`;

export const EnvSchema = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: whole(1, 65_535).default(5000),
    SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
    MONGO_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/\S+$/, 'must begin with mongodb:// or mongodb+srv://')
      .optional(),
    REDIS_URL: z
      .string()
      .regex(/^(rediss?:\/\/|\/)\S+$/, 'must begin with redis:// or rediss://, or be the path of a Unix socket')
      .optional(),
    DATA_DIR: z.string().default('.data'),
    ML_MODEL_PATH: z.string().optional(),
    SENSOR_INTERVAL: seconds(0.1, 3600).default(5),
    SIMULATION_TIMEOUT: seconds(1, 86_400).default(300),
    TICK_HZ: z.coerce
      .number(oneOf(TICK_RATES_HZ))
      .refine((hz) => TICK_RATES_HZ.some((rate) => rate === hz), { message: oneOf(TICK_RATES_HZ) })
      .default(10),
    FLEET_SIZE: whole(1, 5000).default(20),
    RAW_RETENTION_DAYS: whole(1, 3650).default(30),
    SUMMARY_RETENTION_DAYS: whole(1, 3650).default(90),
    BLACK_BOX_RETENTION_DAYS: whole(1, 3650).default(365),
    ROLE: z.enum(ROLES, oneOf(ROLES)).default('all'),
    TRUST_PROXY: whole(0, 16).default(0),
    ADMIN_USER: z.string().optional(),
    ADMIN_PASSWORD: z.string().optional(),
    ALLOW_DEMO_USERS: flag.default(false),
    ALLOW_LINK_LOCAL: flag.default(false),
    LOG_LEVEL: z.enum(LOG_LEVELS, oneOf(LOG_LEVELS)).default('info'),
    NODE_ENV: z
      .enum(['development', 'production', 'test'], oneOf(['development', 'production', 'test']))
      .default('development'),
    NO_DEMO: flag.default(false),
    /** set by the launcher, so that a role that comes back is not taken for a new start */
    PLANT_STARTED_AT: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  })
  .superRefine((env, context) => {
    const fault = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (env.NODE_ENV === 'production' && !env.SECRET_KEY) fault('SECRET_KEY', 'is required when NODE_ENV=production');
    if (env.ADMIN_USER && !env.ADMIN_PASSWORD) fault('ADMIN_PASSWORD', 'is required beside ADMIN_USER');
    if (env.ADMIN_PASSWORD && !env.ADMIN_USER) fault('ADMIN_USER', 'is required beside ADMIN_PASSWORD');
  });

/** What a person may set. The launcher starts from this and supplies the engines that are not named. */
export abstract class Settings {
  abstract readonly host: string;
  abstract readonly port: number;
  /** Signs sessions; absent where the one kept in the data folder is to be used. */
  abstract readonly secretKey: string | undefined;
  abstract readonly mongoUri: string | undefined;
  abstract readonly redisUrl: string | undefined;
  abstract readonly dataDir: string;
  /** Model folder or file to activate at start, instead of the registry's active model. */
  abstract readonly mlModelPath: string | undefined;
  /** Seconds between stored samples. */
  abstract readonly sensorIntervalS: number;
  /** Longest `duration` of a simulator start, in seconds. */
  abstract readonly simulationTimeoutS: number;
  /** Live ticks per second and lathe. */
  abstract readonly tickHz: number;
  /** Lathes seeded on the first start. */
  abstract readonly fleetSize: number;
  abstract readonly rawRetentionDays: number;
  /** How long summaries of minutes and ten minutes stay; those of hours and days stay for ever. Never shorter than the samples. */
  abstract readonly summaryRetentionDays: number;
  /** How long the minute around an alarm stays. */
  abstract readonly blackBoxRetentionDays: number;
  abstract readonly role: Role;
  /** Number of reverse proxies in front. */
  abstract readonly trustProxy: number;
  /** The first manager, created when there is no account. */
  abstract readonly adminUser: string | undefined;
  abstract readonly adminPassword: string | undefined;
  /** Lets the demo accounts serve on an address other than loopback. */
  abstract readonly allowDemoUsers: boolean;
  /** Lets notifications go to link-local addresses and to the metadata services of clouds. */
  abstract readonly allowLinkLocal: boolean;
  abstract readonly logLevel: LogLevel;
  abstract readonly production: boolean;
  /** Whether demo users and demo jobs may be made: neither in production nor with `--no-demo`. */
  abstract readonly demo: boolean;
  /** When the plant was started, however often its roles have come back since. */
  abstract readonly plantStartedAt: Date;
}

/** Start-up must stop: `faults` holds one line per bad variable, never a value. */
export class ConfigError extends Error {
  readonly code = 'bad_configuration';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads and checks the settings from `env`.
 * @throws ConfigError naming every variable that is wrong
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = EnvSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  return {
    host: values.HOST,
    port: values.PORT,
    secretKey: values.SECRET_KEY,
    mongoUri: values.MONGO_URI,
    redisUrl: values.REDIS_URL,
    dataDir: values.DATA_DIR,
    mlModelPath: values.ML_MODEL_PATH,
    sensorIntervalS: values.SENSOR_INTERVAL,
    simulationTimeoutS: values.SIMULATION_TIMEOUT,
    tickHz: values.TICK_HZ,
    fleetSize: values.FLEET_SIZE,
    rawRetentionDays: values.RAW_RETENTION_DAYS,
    summaryRetentionDays: Math.max(values.RAW_RETENTION_DAYS, values.SUMMARY_RETENTION_DAYS),
    blackBoxRetentionDays: values.BLACK_BOX_RETENTION_DAYS,
    role: values.ROLE,
    trustProxy: values.TRUST_PROXY,
    adminUser: values.ADMIN_USER,
    adminPassword: values.ADMIN_PASSWORD,
    allowDemoUsers: values.ALLOW_DEMO_USERS,
    allowLinkLocal: values.ALLOW_LINK_LOCAL,
    logLevel: values.LOG_LEVEL,
    production,
    demo: !production && !values.NO_DEMO,
    plantStartedAt: new Date(values.PLANT_STARTED_AT ?? Date.now()),
  };
}
