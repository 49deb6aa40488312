import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnLauncher } from './product.js';

const LIMIT_MS = 120_000;
let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-simulate-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** A command as npm runs it, on a data folder of its own. */
async function command(...args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const env = { DATA_DIR: dataDir, SENSOR_INTERVAL: '2' };
  const { ended, output } = spawnLauncher(env, args, 'scripts/run.mjs');
  const code = await ended;
  return { code, lines: output().trimEnd().split('\n') };
}

const simulateTest = (...args: string[]) => command('simulate:test', ...args);

describe('npm run analyze', () => {
  it(
    'says what to run first while there is nothing to report on',
    async () => {
      const { code, lines } = await command('analyze');
      expect(code).toBe(1);
      expect(lines.at(-1)).toBe('There is no test run to analyze yet: run npm run simulate:test first');
    },
    LIMIT_MS,
  );

  it(
    'writes a page about the last test run',
    async () => {
      await simulateTest('--simulations', '2', '--minutes', '1', '--seed', '4');
      const folder = join(dataDir, 'out');
      const { code, lines } = await command('analyze', '--out', folder);
      expect(code).toBe(0);
      expect(lines.slice(-2)).toEqual(['2 jobs, 60 samples', `Written to ${join(folder, 'simulation-report.html')}`]);
      expect(readFileSync(join(folder, 'simulation-report.html'), 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    },
    LIMIT_MS,
  );
});

describe('npm run simulate:test', () => {
  it(
    'runs random jobs and finds all of them in the store, each time anew',
    async () => {
      const first = await simulateTest('--simulations', '3', '--minutes', '1.5', '--seed', '11');
      expect(first.code).toBe(0);
      const verification = first.lines.slice(first.lines.indexOf('=== Verification ===') + 1);
      expect(verification).toContainEqual(expect.stringMatching(/^ {2}jobs +3$/));
      expect(verification).toContainEqual(expect.stringMatching(/^ {2}telemetry_buckets +6$/));
      expect(verification.filter((line) => / Completed +45 of 45$/.test(line))).toHaveLength(3);
      expect(verification).toContainEqual(expect.stringMatching(/^Power = torque x speed in 135 samples/));
      expect(verification).toContain('Jobs by status: Completed 3');
      expect(verification).toContain('Verification passed');

      const second = await simulateTest('--simulations', '3', '--minutes', '1.5', '--seed', '11');
      const jobs = (lines: string[]) => lines.filter((line) => /^\[\d\/3\]/.test(line));
      expect(jobs(second.lines).map(withoutId)).toEqual(jobs(first.lines).map(withoutId));
      expect(second.lines).toContainEqual(expect.stringMatching(/^ {2}jobs +3$/));
    },
    LIMIT_MS,
  );

  it(
    'refuses a bad option in one line',
    async () => {
      const { code, lines } = await simulateTest('--simulations', '1001');
      expect(code).toBe(1);
      expect(lines).toEqual(['--simulations must be a whole number from 1 to 1000, not 1001']);
    },
    LIMIT_MS,
  );
});

/** Ids hold the day and could change at midnight. */
const withoutId = (line: string) => line.replace(/JOB_\d+_\d+/, '');
