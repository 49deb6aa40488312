import { correlation } from '../statistics/correlation.js';
import { AI4I_INPUT_NAMES, AI4I_OUTCOMES, ai4iLayout } from './ai4i-layout.js';
import { readNumber } from './cells.js';
import type { TextTable } from './dataset.js';
import type { InputColumn } from './features.js';
import { HISTORY_COLUMNS, historiesLayout } from './histories-layout.js';
import { asItIs, type Layout, type LayoutOptions } from './layout.js';
import { TrainingDataError } from './prediction.errors.js';

/** AI4I columns that must be there for a table to count as one of that set, even if some are missing. */
const TELLING = 3;
const IDENTIFIER = /^(id|.*[\s_-]id|udi|uuid|index|.*serial.*)$/i;
/** Correlation from which a column tells the target in other words. */
const LEAK = 0.9995;

/**
 * The layout of a table by its header and options.
 * @throws TrainingDataError for twice the same column, a missing one, a leaky input, or an option that does not fit
 */
export function layoutOf(table: TextTable, options: LayoutOptions = {}): Layout {
  const { header } = table;
  refuseDoubles(header);
  const { target, group = null } = options;
  if (group !== null) requireColumn(header, group, '--group');
  const known = AI4I_INPUT_NAMES.filter((name) => header.includes(name)).length;
  const wanted = target ?? (known >= TELLING ? 'Machine failure' : undefined);
  if (known >= TELLING && (wanted === undefined || AI4I_OUTCOMES.includes(wanted))) {
    return withInputs(ai4iLayout(wanted, group), options.inputs);
  }
  const { target: failure, marker } = HISTORY_COLUMNS;
  if (header.includes(marker) && (target ?? failure) === failure) return withInputs(historiesLayout(), options.inputs);
  if (target === undefined) {
    throw new TrainingDataError('This table is of no known layout: name the column to learn with --target COLUMN');
  }
  requireColumn(header, target, '--target');
  return plainLayout(table, target, group, options.inputs);
}

function refuseDoubles(header: readonly string[]): void {
  for (const [at, name] of header.entries()) {
    if (name === '') throw fault(`column ${at + 1}`, 'has no name');
    if (header.indexOf(name) !== at) throw fault(`column ${name}`, 'stands in the header twice');
  }
}

function requireColumn(header: readonly string[], name: string, option: string): void {
  if (!header.includes(name)) throw fault(`column ${name}`, `is named by ${option} but is not in the table`);
}

const fault = (path: string, message: string): TrainingDataError =>
  new TrainingDataError(`${path} ${message}`, { errors: [{ path, message }] });

/** A known layout reads its own inputs; a person may ask for others only to be told why not. */
function withInputs(layout: Layout, wished: readonly string[] | undefined): Layout {
  if (wished === undefined) return layout;
  const outcomes = [layout.target, ...layout.modes.map(({ name }) => name), ...AI4I_OUTCOMES];
  for (const pattern of wished) {
    const leak = outcomes.find((name) => matches(name, pattern));
    if (leak)
      throw fault(`column ${leak}`, 'is an outcome of the same event: as an input it would give away the answer');
  }
  throw new TrainingDataError(`Tables of the ${layout.name} layout have inputs of their own: leave --inputs away`);
}

/** Any numeric columns, all but target, group and identifiers; those with gaps are left out. */
function plainLayout(
  table: TextTable,
  target: string,
  group: string | null,
  wished: readonly string[] | undefined,
): Layout {
  const { header, records } = table;
  const reserved = new Set([target, group]);
  const names = header.filter((name) => {
    if (wished) return wished.some((pattern) => matches(name, pattern));
    return !reserved.has(name) && !IDENTIFIER.test(name);
  });
  for (const name of names) {
    if (name === target) throw fault(`column ${name}`, 'is the target: as an input it would give away the answer');
    if (name === group)
      throw fault(`column ${name}`, 'is the group: as an input it would say nothing of unseen groups');
    if (AI4I_OUTCOMES.includes(name)) {
      throw fault(`column ${name}`, 'is an outcome of a failure: as an input it would give away the answer');
    }
  }
  const columnAt = (name: string) => header.indexOf(name);
  const outcomes = new Set(records.map((record) => record[columnAt(target)]!.trim()));
  const binary = [...outcomes].every((text) => text === '0' || text === '1');
  const truths = numbersOf(table, columnAt(target));
  const inputs: InputColumn[] = [];
  for (const name of names) {
    if (records.some((record) => record[columnAt(name)]!.trim() === '')) continue;
    const values = numbersOf(table, columnAt(name));
    if (Math.abs(correlation(values, truths)) > LEAK) {
      throw fault(`column ${name}`, `tells ${target} in other words: as an input it would give away the answer`);
    }
    inputs.push({ name, label: name, unit: '', categories: null, group: 'all', actionable: false });
  }
  if (inputs.length === 0) throw new TrainingDataError('No column is left to learn from');
  return {
    name: 'table',
    task: binary ? 'classification' : 'regression',
    target,
    inputs,
    groups: [],
    quantities: inputs.map(asItIs),
    modes: [],
    group,
    history: null,
  };
}

/** NaN where there is no number: the dataset's reader says so with its place. */
function numbersOf({ records }: TextTable, column: number): Float64Array {
  return Float64Array.from(records, (record) => {
    const value = readNumber(record[column]!);
    return typeof value === 'number' ? value : Number.NaN;
  });
}

/** Whether a name is the pattern, in which `*` stands for any text. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
