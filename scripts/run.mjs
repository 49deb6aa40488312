import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { whenOrphaned } from './launcher/signals.mjs';
import { root } from './root.mjs';
import { fail, SetupError } from './setup/report.mjs';
import { setUp } from './setup.mjs';

/** Commands of the server, by the name that npm knows; `engines` are those of the running plant, or started for the time. */
const commands = {
  analyze: { main: 'server/src/report/analyze.js', engines: true },
  'analyze:wear': { main: 'server/src/report/analyze-wear.js', engines: false },
  bench: { main: 'server/bench/main.js', engines: false },
  'seed:users': { main: 'server/src/auth/seed-users.js', engines: true },
  'seed:history': { main: 'server/src/history-seed/seed-history.js', engines: true },
  'simulate:test': { main: 'server/src/simulation/simulate-test.js', engines: true },
  train: { main: 'server/src/training/train.js', engines: false },
  predict: { main: 'server/src/training/predict.js', engines: false },
  confirm: { main: 'server/src/training/confirm.js', engines: false },
  'generate:histories': { main: 'server/src/training/generate-histories.js', engines: false },
  store: { main: 'server/src/embedded/store/main.js', engines: false },
};

try {
  const [name, ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new SetupError(`There is no command ${name}. There is: ${Object.keys(commands).join(', ')}`);
  await setUp('server');
  const main = join(root, 'dist', command.main);
  process.exit(command.engines ? await runOnEngines(main, args) : await run(main, args, process.env));
} catch (error) {
  fail(error);
}

async function runOnEngines(main, args) {
  const { readConfiguration } = await import('./launcher/plant.mjs');
  const { env, settings } = await readConfiguration();
  const { addresses, release } = await reachEngines(settings);
  try {
    const { mongoUri: MONGO_URI, redisUrl: REDIS_URL } = addresses;
    return await run(main, args, { ...env, DATA_DIR: settings.dataDir, MONGO_URI, REDIS_URL });
  } finally {
    await release();
  }
}

/** Engines given by address, those of the plant that runs on this data folder, or new ones until `release`. */
async function reachEngines(settings) {
  const { mongoUri, redisUrl, dataDir } = settings;
  const nothing = async () => {};
  if (mongoUri && redisUrl) return { addresses: settings, release: nothing };

  const { lockFolder } = await import('./launcher/lock.mjs');
  const { awaitLeftovers, readRecord } = await import('./launcher/record.mjs');
  mkdirSync(dataDir, { recursive: true });
  if (!(await lockFolder(dataDir))) {
    const record = readRecord(dataDir);
    if (record?.mongoUri) return { addresses: record, release: nothing };
    throw new SetupError('The plant on this DATA_DIR is just starting or stopping: try again in a moment');
  }

  const { installRedis } = await import('./setup/programs.mjs');
  const { Crew } = await import('./launcher/crew.mjs');
  const { startEngines } = await import('./launcher/engines.mjs');
  await awaitLeftovers(dataDir);
  if (!redisUrl) await installRedis();
  const crew = new Crew(dataDir);
  const release = () => crew.stop();
  try {
    return { addresses: await startEngines(crew, settings), release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Runs a compiled program on this terminal. @returns its exit code, 128 + number where a signal ended it */
function run(main, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    whenOrphaned(() => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
