import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly, SetupError, step } from './report.mjs';

const redisNames = ['redis-server', 'valkey-server'];
const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The first of `names` on PATH, as a full path. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export const findRedis = () => findProgram(...redisNames);
export const findChromium = () => process.env.CHROMIUM_PATH || findProgram(...chromiumNames);

/** Makes sure of a Redis (or Valkey) server; only the program is used, never the distribution's own service. */
export async function installRedis() {
  if (!findRedis()) await installPackage('Redis', { apt: 'redis-server', brew: ['redis'] }, findRedis);
}

/** Makes sure of a browser for the end-to-end tests. */
export async function installChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !isExecutable(given)) throw new SetupError('CHROMIUM_PATH names no program that can be run');
  if (!findChromium())
    await installPackage('Chromium', { apt: 'chromium', brew: ['--cask', 'chromium'] }, findChromium);
}

async function installPackage(title, names, find) {
  const install = installer(names);
  if (!install) throw new SetupError(`${title} is missing. Install it with: ${byHand(names)}`);
  await step(`Installing ${title}`, async () => {
    try {
      await install();
    } catch (error) {
      throw new SetupError(`${error.message}\n${title} could not be installed. Try: ${byHand(names)}`);
    }
  });
  if (!find()) throw new SetupError(`${title} was installed but is not on PATH. Try: ${byHand(names)}`);
}

/** @returns how to install without asking anybody, or undefined where that is not permitted */
function installer(names) {
  if (process.platform === 'darwin' && findProgram('brew')) return () => runQuietly('brew', ['install', ...names.brew]);
  const asRoot = rootPrefix();
  if (!asRoot || !findProgram('apt-get')) return undefined;
  const [program, ...before] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y'];
  const apt = (...args) => runQuietly(program, [...before, ...args]);
  const install = () => apt('install', '--no-install-recommends', names.apt);
  return () =>
    install().catch(async () => {
      await apt('update'); // the package lists are missing or too old
      await install();
    });
}

function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const passwordless = findProgram('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return passwordless ? ['sudo', '-n'] : undefined;
}

function byHand(names) {
  return process.platform === 'darwin'
    ? `brew install ${names.brew.join(' ')}`
    : `sudo apt-get install -y ${names.apt}`;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
