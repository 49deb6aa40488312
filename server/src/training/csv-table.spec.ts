import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readDataset } from '#domain/prediction/dataset.js';
import { layoutOf } from '#domain/prediction/table-layout.js';
import { readCsvTable } from './csv-table.js';
import { readModelFolder } from './model-folder.js';
import { scoreTable } from './score-table.js';

const folder = mkdtempSync(join(tmpdir(), 'byte-astra-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INPUTS =
  'UDI,Product ID,Type,Air temperature [K],Process temperature [K],Rotational speed [rpm],Torque [Nm],Tool wear [min]';
const OUTCOMES = 'Machine failure,TWF,HDF,PWF,OSF,RNF';

function csv(name: string, header: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

async function readToTrain(path: string) {
  const { table } = await readCsvTable(path);
  return readDataset(table, layoutOf(table));
}

describe('a file that cannot be learned from or scored', () => {
  const sound = Array.from(
    { length: 200 },
    (_, i) => `${i + 1},L${i},L,298.1,308.6,1551,42.8,${i},${i % 4 ? '0,0,0,0,0,0' : '1,0,0,0,1,0'}`,
  );

  it.each([
    ['a line of 10 MB', `${sound[0]}${'0'.repeat(10_000_000)}`, /^line 3: is longer than 1000000 characters/],
    ['a line that is too short', '1,2,3', /^line 3: has not as many cells as the header/],
    ['an open quote', '"1,2,3', /^line \d+: opens a quote that is never closed/],
  ])('is refused with the place of %s', async (_, line, message) => {
    const path = csv('broken.csv', `${INPUTS},${OUTCOMES}`, [sound[0]!, line, ...sound.slice(1)]);
    await expect(readCsvTable(path)).rejects.toThrow(message);
  });

  it.each([
    ['NaN', 'NaN'],
    ['an infinity', '-Infinity'],
    ['text', 'hot'],
    ['nothing', ''],
  ])('is refused with row and column of %s, and leaves no output behind', async (_, text) => {
    const loaded = readModelFolder('models/ai4i/1');
    const cells = sound[1]!.split(',');
    cells[6] = text;
    const path = csv('cell.csv', `${INPUTS},${OUTCOMES}`, [sound[0]!, cells.join(), ...sound.slice(2)]);
    const out = join(folder, 'never.csv');
    await expect(scoreTable(loaded, path, out)).rejects.toThrow(/row 2.*Torque \[Nm\]/s);
    await expect(readToTrain(path)).rejects.toThrow(/row 2.*Torque \[Nm\]/s);
    expect(() => readFileSync(out)).toThrow('ENOENT');
  });

  it('is refused without one of its columns', async () => {
    const loaded = readModelFolder('models/ai4i/1');
    const path = csv('column.csv', 'UDI,Type', ['1,L']);
    await expect(scoreTable(loaded, path, join(folder, 'never.csv'))).rejects.toThrow('Torque [Nm]');
  });
});
