import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { runQuietly, SetupError, step } from './report.mjs';

/** No package needs its install script here: natives come prebuilt, the rest would only report to somebody. */
const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];

/** Installs the packages of the lock file, unless exactly these are there. */
export async function installPackages() {
  if (isInstalled()) return;
  await step('Installing packages', async () => {
    const npm = (...args) => runQuietly('npm', [...args, ...flags], { cwd: root });
    try {
      // A lock file written behind a registry without the packages of other platforms is refused by `npm ci` alone.
      await npm('ci').catch(() => npm('install', '--no-save'));
    } catch (error) {
      throw new SetupError(`${error.message}\nPackages could not be installed: is the npm registry within reach?`);
    }
  });
}

/** npm ends an installation by writing down what it installed; a missing or different version means work to do. */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (optional && !present[path]) || present[path]?.version === version,
  );
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
