import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../root.mjs';
import { installRedis } from '../setup/programs.mjs';
import { SetupError, seconds, step } from '../setup/report.mjs';
import { checkFolder, checkPort } from './checks.mjs';
import { Crew } from './crew.mjs';
import { startEngines } from './engines.mjs';
import { lockFolder } from './lock.mjs';
import { untilReady, urlOf } from './ready.mjs';
import { awaitLeftovers, readRecord } from './record.mjs';
import { launchRole, rolesOf } from './roles.mjs';
import { stopOnSignal } from './signals.mjs';

const startedAtMs = Date.now();

/**
 * Runs the plant until it is told to stop: engines, then roles, restarted whenever they die.
 * @param options - `env` over the process environment; `watch` restarts roles when their code changes
 * @throws SetupError with one line per obstacle, before anything is started
 */
export async function runPlant({ env: extra = {}, watch = false } = {}) {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // a closed terminal is no reason to stop
  const { env, settings } = await readConfiguration(extra);
  const roles = rolesOf(settings.role);
  await claimFolder(settings.dataDir);
  if (roles.includes('api')) refuse(await checkPort(settings.host, settings.port));
  if (!settings.redisUrl) await installRedis();

  const crew = new Crew(settings.dataDir);
  stopOnSignal(crew);
  try {
    const addresses = await step('Starting the engines', () => startEngines(crew, settings));
    const admin = settings.demo || settings.adminUser ? {} : await firstManager(addresses.mongoUri);
    const roleEnv = {
      ...env,
      ...admin,
      DATA_DIR: settings.dataDir,
      MONGO_URI: addresses.mongoUri,
      REDIS_URL: addresses.redisUrl,
      PLANT_STARTED_AT: String(startedAtMs),
    };
    await step(`Starting ${roles.join(', ')}`, () => {
      for (const role of roles) crew.add('roles', role, () => launchRole(role, roleEnv, { watch }));
      return roles.includes('api') ? Promise.race([untilReady(urlOf(settings)), crew.broken]) : undefined;
    });
    crew.settle();
    greet(settings, roles);
    if (roles.includes('api')) crew.publish({ url: urlOf(settings) });
  } catch (error) {
    await crew.stop();
    throw error;
  }
}

/** The one schema of the server, over `.env` and the environment; paths are seen from the folder of package.json. */
export async function readConfiguration(extra = {}) {
  const { readEnvironment } = await import('../../dist/server/src/config/config.js');
  const { readSettings, ConfigError } = await import('../../dist/server/src/config/settings.js');
  const { readStartModel } = await import('../../dist/server/src/prediction/start-model.js');
  try {
    const env = { ...readEnvironment(root), ...extra };
    const settings = readSettings(env);
    readStartModel(settings.mlModelPath, root);
    return { env, settings: { ...settings, dataDir: resolve(root, settings.dataDir) } };
  } catch (error) {
    throw error instanceof ConfigError ? new SetupError(error.message) : error;
  }
}

/** Makes this process the only one that runs engines on a data folder. @throws SetupError where it cannot be */
export async function claimFolder(dataDir) {
  refuse(checkFolder(dataDir));
  while (!(await lockFolder(dataDir))) {
    if (!readRecord(dataDir)?.stopping) refuse(`DATA_DIR ${dataDir} is in use by another plant`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await awaitLeftovers(dataDir);
}

function refuse(obstacle) {
  if (obstacle) throw new SetupError(obstacle);
}

function greet({ dataDir, demo, ...settings }, roles) {
  if (!roles.includes('api')) {
    console.log(`Byte-Astra runs as ${roles.join(', ')} (${seconds(startedAtMs)}). Ctrl-C stops it.`);
    return;
  }
  console.log(`\nByte-Astra is ready at ${urlOf(settings)} (${seconds(startedAtMs)})`);
  if (demo) console.log('Demo users: managers Sahil, Rohit (man123); operators Yash, Raj, Jay (op123)');
  console.log(`Data and logs are in ${dataDir}. Ctrl-C stops everything.`);
}

/** @returns ADMIN_USER and ADMIN_PASSWORD as answered at the terminal, or nothing where there is an account */
function firstManager(mongoUri) {
  const script = fileURLToPath(new URL('first-manager.mjs', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, MONGO_URI: mongoUri },
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    });
    let answer = '';
    child.stdio[3].on('data', (chunk) => {
      answer += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new SetupError('No first manager was given'));
      if (!answer) return resolve({});
      const { user, password } = JSON.parse(answer);
      resolve({ ADMIN_USER: user, ADMIN_PASSWORD: password });
    });
  });
}
