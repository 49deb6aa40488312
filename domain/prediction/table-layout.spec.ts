import { describe, expect, it } from '@jest/globals';
import { readDataset, type TextTable } from './dataset.js';
import { TrainingDataError } from './prediction.errors.js';
import { layoutOf } from './table-layout.js';

const HEADER = [
  'UDI',
  'Product ID',
  'Type',
  'Air temperature [K]',
  'Process temperature [K]',
  'Rotational speed [rpm]',
  'Torque [Nm]',
  'Tool wear [min]',
  'Machine failure',
  'TWF',
  'HDF',
  'PWF',
  'OSF',
  'RNF',
];
const ROW = ['1', 'M14860', 'M', '298.1', '308.6', '1551', '42.8', '0', '0', '0', '0', '0', '0', '0'];
const FAILED = ['2', 'L47181', 'L', '298.2', '308.7', '1408', '46.3', '3', '1', '1', '0', '0', '0', '0'];

/** 200 rows, every fourth a failure; `change` alters one cell of the row counted from 1. */
function tableOfFailures(change: { row?: number; column?: string; text?: string } = {}, header = HEADER): TextTable {
  const records = Array.from({ length: 200 }, (_, i) => [...(i % 4 === 0 ? FAILED : ROW)]);
  if (change.row && change.column) records[change.row - 1]![HEADER.indexOf(change.column)] = change.text!;
  return { header, records };
}

const read = (table: TextTable, options = {}) => readDataset(table, layoutOf(table, options));

describe('a table of the AI4I layout', () => {
  it('is read by its header: outcomes are targets, never inputs', () => {
    const { layout, inputs, target, modes } = read(tableOfFailures());
    expect(layout.name).toBe('ai4i');
    expect(layout.inputs.map(({ name }) => name)).toEqual(HEADER.slice(2, 8));
    expect([...inputs.values.subarray(0, 12)]).toEqual([
      0, 298.2, 308.7, 1408, 46.3, 3, 1, 298.1, 308.6, 1551, 42.8, 0,
    ]);
    expect([...target.subarray(0, 5)]).toEqual([1, 0, 0, 0, 1]);
    expect(Object.keys(modes)).toEqual(['TWF', 'HDF', 'PWF', 'OSF']);
    expect(modes['TWF']![0]).toBe(1);
  });

  it.each([
    ['Torque [Nm]', 'NaN', 'row 7, column Torque [Nm]: "NaN" is not a finite number'],
    ['Torque [Nm]', 'Infinity', 'row 7, column Torque [Nm]: "Infinity" is not a finite number'],
    ['Torque [Nm]', '-1e400', 'row 7, column Torque [Nm]: "-1e400" is beyond what a number can hold'],
    ['Torque [Nm]', 'forty', 'row 7, column Torque [Nm]: "forty" is not a finite number'],
    ['Torque [Nm]', '', 'row 7, column Torque [Nm]: is empty'],
    ['Torque [Nm]', '0x10', 'row 7, column Torque [Nm]: "0x10" is not a finite number'],
    ['Type', 'X', 'row 7, column Type: "X" is none of L, M, H'],
    ['Machine failure', '2', 'row 7, column Machine failure: "2" is neither 0 nor 1'],
    ['HDF', 'yes', 'row 7, column HDF: "yes" is not a finite number'],
  ])('is refused for a cell %s = %j, with its place', (column, text, message) => {
    expect(() => read(tableOfFailures({ row: 7, column, text }))).toThrow(new TrainingDataError(message));
  });

  it('tells many faults at once', () => {
    const table = tableOfFailures();
    for (const record of table.records) (record as string[])[6] = 'x';
    try {
      read(table);
      throw new Error('was not refused');
    } catch (error) {
      expect(error).toBeInstanceOf(TrainingDataError);
      expect((error as TrainingDataError).message).toMatch(/^row 1, column Torque \[Nm\]: .* \(and 199 more\)$/);
      expect((error as TrainingDataError).errors).toHaveLength(20);
    }
  });

  it('is refused without one of its columns, or with one twice', () => {
    const without = HEADER.map((name) => (name === 'Torque [Nm]' ? 'Moment' : name));
    expect(() => read(tableOfFailures({}, without))).toThrow('The table has no column Torque [Nm]');
    const twice = HEADER.map((name) => (name === 'RNF' ? 'TWF' : name));
    expect(() => read(tableOfFailures({}, twice))).toThrow('column TWF stands in the header twice');
  });

  it('is refused when an outcome is asked for as an input', () => {
    expect(() => read(tableOfFailures(), { inputs: ['Torque [Nm]', 'TWF'] })).toThrow(
      'column TWF is an outcome of the same event: as an input it would give away the answer',
    );
  });

  it('is refused with too few failures', () => {
    const table = tableOfFailures();
    for (const [i, record] of table.records.entries()) if (i > 40) (record as string[])[8] = '0';
    expect(() => read(table)).toThrow('11 failures are too few to learn from: at least 30 are needed');
  });
});

/** 120 rows of three tools. */
function wearTable(extra: Record<string, (i: number) => string> = {}): TextTable {
  const columns: Record<string, (i: number) => string> = {
    id: (i) => `${i}`,
    force: (i) => `${100 + (i % 40) + (i % 7)}`,
    current: (i) => `${(i * 7) % 11}`,
    tool: (i) => `t${i % 3}`,
    wear: (i) => `${2 * (i % 40)}`,
    ...extra,
  };
  const header = Object.keys(columns);
  return { header, records: Array.from({ length: 120 }, (_, i) => header.map((name) => columns[name]!(i))) };
}

describe('any other table', () => {
  const options = { target: 'wear', group: 'tool' };

  it('is a regression on its numeric columns, without target, group and identifiers', () => {
    const { layout, groups } = read(wearTable(), options);
    expect(layout).toMatchObject({ name: 'table', task: 'regression', target: 'wear', group: 'tool' });
    expect(layout.inputs.map(({ name }) => name)).toEqual(['force', 'current']);
    expect(new Set(groups)).toEqual(new Set(['t0', 't1', 't2']));
  });

  it('is a classification where the target is 0 or 1', () => {
    const table = wearTable({ wear: (i) => `${i % 3 === 0 ? 1 : 0}` });
    expect(read(table, options).layout.task).toBe('classification');
  });

  it('does without columns that have gaps, and refuses text', () => {
    const gaps = wearTable({ skew: (i) => (i === 60 ? '' : `${i % 5}`) });
    expect(read(gaps, options).layout.inputs.map(({ name }) => name)).toEqual(['force', 'current']);
    const text = wearTable({ note: (i) => (i === 60 ? 'loud' : '1') });
    expect(() => read(text, options)).toThrow('row 61, column note: "loud" is not a finite number');
  });

  it('reads the columns asked for, by pattern', () => {
    const table = wearTable({ 'F_c.mean': (i) => `${i % 9}`, 'F_f.mean': (i) => `${i % 8}` });
    const { inputs } = layoutOf(table, { ...options, inputs: ['F_*'] });
    expect(inputs.map(({ name }) => name)).toEqual(['F_c.mean', 'F_f.mean']);
  });

  it('is refused when a column gives away the answer', () => {
    const copied = wearTable({ wear_um: (i) => `${(2 * (i % 40)) / 1000}` });
    expect(() => read(copied, options)).toThrow('column wear_um tells wear in other words');
    expect(() => read(wearTable(), { ...options, inputs: ['force', 'wear'] })).toThrow('column wear is the target');
    const modes = wearTable({ ['TWF']: (i) => `${i % 2}` });
    expect(() => read(modes, options)).toThrow('column TWF is an outcome of a failure');
  });

  it('is refused without a target, with an unknown one, or with too few groups', () => {
    expect(() => layoutOf(wearTable())).toThrow('name the column to learn with --target COLUMN');
    expect(() => layoutOf(wearTable(), { target: 'Vb' })).toThrow(
      'column Vb is named by --target but is not in the table',
    );
    const one = wearTable({ tool: () => 't' });
    expect(() => read(one, options)).toThrow('At least three groups are needed');
  });
});
