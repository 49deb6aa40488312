import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomSource } from '#domain/prediction/random-source.js';
import { MODEL_FILES, readModelFolder } from '../src/training/model-folder.js';

const LIMIT_MS = 120_000;
/** Working folder of the commands: models are written below it. */
const folder = mkdtempSync(join(tmpdir(), 'byte-astra-training-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as it was built, in the folder of this test. @returns exit code and what it said */
function command(
  name: 'train' | 'predict' | 'confirm' | 'generate-histories',
  ...args: string[]
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [resolve(`dist/server/src/training/${name}.js`), ...args], { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((done) => child.on('close', (code) => done({ code, said })));
}

const INPUTS =
  'UDI,Product ID,Type,Air temperature [K],Process temperature [K],Rotational speed [rpm],Torque [Nm],Tool wear [min]';
const OUTCOMES = 'Machine failure,TWF,HDF,PWF,OSF,RNF';

/** Machines that fail by overstrain: a worn tool under a high torque. */
function machines(rows: number, seed: number): string[] {
  const random = randomSource(seed, 'machines');
  return Array.from({ length: rows }, (_, i) => {
    const torque = 20 + 50 * random();
    const wear = 240 * random();
    const failed = torque * wear > 9000 ? 1 : 0;
    const air = 297 + 6 * random();
    const speed = 1200 + 1000 * random();
    const cells = [i + 1, `L${i}`, 'LMH'[i % 3], air, air + 10, speed, torque, wear, failed, 0, 0, 0, failed, 0];
    return cells.map((cell) => (typeof cell === 'number' ? Number(cell.toFixed(3)) : cell)).join();
  });
}

function csv(name: string, header: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

const linesOf = (name: string) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
const readReport = (model: string) => readFileSync(join(folder, 'models', model, MODEL_FILES.report), 'utf8');

describe('npm run train with machines that fail', () => {
  const seen = machines(300, 1);

  beforeAll(async () => {
    const data = csv('machines.csv', `${INPUTS},${OUTCOMES}`, seen);
    const { code, said } = await command('train', '--data', data, '--name', 'strain');
    expect(said).toContain(`Written to ${join(folder, 'models', 'strain', '1')}`);
    expect(code).toBe(0);
  }, LIMIT_MS);

  it(
    'gives the same bytes with the same seed, and another model with another, each as a version of its own',
    async () => {
      await command('train', '--data', 'machines.csv', '--name', 'strain', '--seed', '1');
      await command('train', '--data', 'machines.csv', '--name', 'strain', '--seed', '2');
      const read = (version: number) =>
        Object.values(MODEL_FILES).map((file) =>
          readFileSync(join(folder, 'models/strain', String(version), file), 'utf8'),
        );
      expect(read(2)).toEqual(read(1));
      expect(read(3)).not.toEqual(read(1));
    },
    LIMIT_MS,
  );

  it(
    'tells machines apart that it has not seen, with or without their outcome, in the order of the file',
    async () => {
      const unseen = machines(200, 2);
      csv('unseen.csv', `${INPUTS},${OUTCOMES}`, unseen);
      csv(
        'bare.csv',
        INPUTS,
        unseen.map((row) => row.split(',').slice(0, 8).join()),
      );
      const model = join(folder, 'models/strain/1');
      const first = await command('predict', '--model', model, '--in', 'unseen.csv', '--out', 'scores.csv');
      expect(first).toMatchObject({ code: 0, said: expect.stringContaining('200 rows scored by strain 1') });
      await command('predict', '--model', model, '--in', 'bare.csv', '--out', 'bare-scores.csv');
      expect(linesOf('bare-scores.csv')).toEqual(linesOf('scores.csv'));
      const [header, ...scores] = linesOf('scores.csv');
      expect(header).toBe('id,probability,TWF,HDF,PWF,OSF');
      const { threshold } = readModelFolder(model).model.classification!;
      const right = scores.filter((line, i) => {
        const [id, probability] = line.split(',');
        expect(id).toBe(String(i + 1));
        return Number(probability) >= threshold === (unseen[i]!.split(',')[8] === '1');
      });
      expect(right.length).toBeGreaterThan(180);
    },
    LIMIT_MS,
  );

  it('writes a report that stands alone: every chapter, no script, nothing fetched', () => {
    const report = readReport('strain/1');
    for (const chapter of ['figures', 'curves', 'reliability', 'confusion', 'modes', 'learning', 'effects']) {
      expect(report).toContain(`<section id="${chapter}">`);
    }
    expect(report).toContain('CC BY 4.0');
    expect(report).not.toMatch(/<script|NaN|undefined|Infinity|src=|url\(|@import/);
  });

  it(
    'refuses a cell that is no number in one line with its place',
    async () => {
      const cells = seen[1]!.split(',');
      cells[6] = 'hot';
      csv('hot.csv', `${INPUTS},${OUTCOMES}`, [seen[0]!, cells.join(), ...seen.slice(2)]);
      const { code, said } = await command('train', '--data', 'hot.csv', '--name', 'hot');
      expect(code).toBe(1);
      expect(said).toMatch(/^.*row 2.*Torque \[Nm\].*\n$/);
    },
    LIMIT_MS,
  );
});

describe('npm run train with measured wear', () => {
  const header = 'row,Vb,force,power,tool';
  const random = randomSource(3, 'tools');
  const wearOf = (tools: number[]) =>
    tools.flatMap((tool) =>
      Array.from({ length: 30 }, (_, i) => {
        const wear = 8 * i + 4 * random();
        return [tool * 100 + i, wear, 300 + 0.8 * wear + 40 * random(), 90 + 0.2 * wear + 12 * random(), tool].join();
      }),
    );

  it(
    'estimates tools that it has never seen, with an interval, and reports beside simpler means',
    async () => {
      csv('tools.csv', header, wearOf([1, 2, 3, 4, 5, 6]));
      const trained = await command(
        'train',
        '--data',
        'tools.csv',
        '--name',
        'wear',
        '--target',
        'Vb',
        '--group',
        'tool',
      );
      expect(trained).toMatchObject({ code: 0 });
      const { metrics } = readModelFolder(join(folder, 'models/wear/1'));
      expect(metrics.comparison.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['this model', 'ridge regression alone', 'mean of the other groups']),
      );
      expect(readReport('wear/1')).toContain('<section id="comparison">');
      expect(readReport('wear/1')).not.toMatch(/NaN|undefined|Infinity/);

      const strangers = wearOf([7, 8]);
      csv('strangers.csv', header, strangers);
      await command('predict', '--model', join(folder, 'models/wear/1'), '--in', 'strangers.csv', '--out', 'wear.csv');
      const [head, ...lines] = linesOf('wear.csv');
      expect(head).toBe('id,value,lower,upper');
      expect(lines).toHaveLength(60);
      const errors = lines.map((line, i) => {
        const [, value, lower, upper] = line.split(',').map(Number);
        expect(lower).toBeLessThanOrEqual(value!);
        expect(upper).toBeGreaterThanOrEqual(value!);
        return Math.abs(value! - Number(strangers[i]!.split(',')[1]));
      });
      expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(15); // of 0 to 240
    },
    LIMIT_MS,
  );
});

describe('npm run confirm', () => {
  it(
    'judges the shipped model and fixed limits on fresh tools, and refuses a model of something else',
    async () => {
      await command('generate-histories', '--out', 'seen.csv', '--runs', '40', '--seed', '5');
      await command('generate-histories', '--out', 'fresh.csv', '--runs', '40', '--seed', '6');
      const confirm = (model: string) =>
        command('confirm', '--model', resolve(model), '--seen', 'seen.csv', '--fresh', 'fresh.csv');
      const { code, said } = await confirm('models/lathe/1');
      expect(code).toBe(0);
      const areaOf = (row: string) => Number(new RegExp(`│ ${row} +│ ([\\d.]+)`).exec(said)?.[1]);
      expect(areaOf('this model')).toBeGreaterThan(areaOf('fixed wear limit'));
      expect(areaOf('fixed wear limit')).toBeGreaterThan(areaOf('fixed torque limit'));
      const other = await confirm('models/ai4i/1');
      expect(other).toMatchObject({ code: 1, said: expect.stringContaining('ai4i layout') });
    },
    LIMIT_MS,
  );
});
