import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';
import { installChromium, installRedis } from './setup/programs.mjs';
import { fail, SetupError, seconds } from './setup/report.mjs';
import { setUp } from './setup.mjs';

/** Two workers: a spec waits for its engines half of the time, and Jest alone would leave one core of two unused. */
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--maxWorkers=2'];
const checks = {
  'format, lint and borders': ['node_modules/@biomejs/biome/bin/biome', 'check', '.'],
  'types of domain and server': ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'],
  'types of client': ['node_modules/typescript/bin/tsc', '-p', 'client/tsconfig.json', '--noEmit'],
};
const suites = {
  check: runChecks,
  domain: () => runJest('domain'),
  client: () => runJest('client'),
  server: () => runJest('server'),
  product: () => runJest('product'),
};

/** Runs the suites named on the command line, all without a name, one after another: they share two cores. */
try {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in suites));
  if (unknown) throw new SetupError(`There is no suite ${unknown}. There is: ${Object.keys(suites).join(', ')}`);
  await setUp('server', 'client');
  if (!process.env.REDIS_URL) await installRedis();
  await installChromium();

  const totals = [];
  for (const name of names.length > 0 ? names : Object.keys(suites)) {
    const startedAtMs = Date.now();
    console.log(`\n=== ${name} ===`);
    const result = await suites[name]();
    console.log(`${name}: ${inWords(result)} in ${seconds(startedAtMs)}`);
    totals.push(result);
  }
  const total = totals.reduce((sum, next) => ({
    passed: sum.passed + next.passed,
    failed: sum.failed + next.failed,
    skipped: sum.skipped + next.skipped,
  }));
  console.log(`\n${inWords(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
} catch (error) {
  fail(error);
}

async function runChecks() {
  const result = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, args] of Object.entries(checks)) {
    const isGood = (await runNode(args)) === 0;
    result[isGood ? 'passed' : 'failed']++;
    console.log(`${isGood ? 'PASS' : 'FAIL'} ${name}`);
  }
  return result;
}

/** A spec file that cannot be loaded counts as one failure, and so does a project in which nothing ran. */
async function runJest(project) {
  const folder = mkdtempSync(join(tmpdir(), 'byte-astra-results-'));
  const file = join(folder, 'results.json');
  try {
    const code = await runNode([...jest, '--ci', '--selectProjects', project, '--json', `--outputFile=${file}`]);
    const results = JSON.parse(readFileSync(file, 'utf8'));
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    if (passed === 0) console.log(`FAIL ${project} ran nothing`);
    return { passed, failed: failed || (code !== 0 || passed === 0 ? 1 : 0), skipped };
  } catch (error) {
    console.log(`FAIL ${project} left no results (${error.code ?? error.message})`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns the exit code of a Node program that runs on this terminal */
function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
