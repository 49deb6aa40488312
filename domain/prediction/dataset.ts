import { readInput, readNumber, readOutcome, TableFaults } from './cells.js';
import type { HistoryColumns, Layout } from './layout.js';
import type { Table } from './linear-algebra.js';
import { TrainingDataError } from './prediction.errors.js';

/** A table as text: `records[row][column]`, every record as long as the header. */
export interface TextTable {
  header: readonly string[];
  records: readonly (readonly string[])[];
}

/** Rows to train on, in the order of the table. */
export interface Dataset {
  layout: Layout;
  inputs: Table;
  /** 0 or 1; of a regression the value */
  target: Float64Array;
  /** 0 or 1 of each mode, by its name */
  modes: Record<string, Float64Array>;
  /** group of each row; null: every row is its own */
  groups: string[] | null;
  /** columns of `layout.history` by their name, where there is one */
  history: Record<string, Float64Array> | null;
  /** kind of each row by the column of `layout.history.kinds` that tells it; columns that are not in the table are left out */
  kinds: Record<string, string[]>;
}

/** Least rows of a table, and least failures among them. */
const FEWEST_ROWS = 100;
const FEWEST_FAILURES = 30;

/**
 * Reads the rows that a layout asks for.
 * @throws TrainingDataError naming row and column of what is missing, not a number or out of place, or what there is too little of
 */
export function readDataset(table: TextTable, layout: Layout): Dataset {
  const { header, records } = table;
  const place = placesOf(header, layout);
  const faults = new TableFaults();
  const rows = records.length;
  const column = (name: string, read: (text: string) => number | string): Float64Array => {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const value = read(records[row]![place(name)]!);
      if (typeof value === 'string') faults.add(row + 1, name, value);
      else values[row] = value;
    }
    return values;
  };
  const readTarget = layout.task === 'classification' ? readOutcome : readNumber;
  const width = layout.inputs.length;
  const inputs: Table = { width, rows, values: new Float64Array(rows * width) };
  for (const [at, input] of layout.inputs.entries()) {
    const values = column(input.name, (text) => readInput(text, input));
    for (let row = 0; row < rows; row++) inputs.values[row * width + at] = values[row]!;
  }
  const { history, group } = layout;
  const textsOf = (name: string) => records.map((record) => record[header.indexOf(name)]!.trim());
  const kinds = (history?.kinds ?? []).filter(({ column }) => header.includes(column));
  const dataset: Dataset = {
    layout,
    inputs,
    target: column(layout.target, readTarget),
    modes: Object.fromEntries(layout.modes.map(({ name }) => [name, column(name, readOutcome)])),
    groups: group === null ? null : textsOf(group),
    history: history && Object.fromEntries(historyColumns(history).map((name) => [name, column(name, readNumber)])),
    kinds: Object.fromEntries(kinds.map(({ column: name }) => [name, textsOf(name)])),
  };
  faults.throwIfAny((message, errors) => new TrainingDataError(message, { errors }));
  requireEnough(dataset);
  return dataset;
}

const historyColumns = ({ minute, remaining, estimate, used, limits }: HistoryColumns): string[] => [
  ...[minute, remaining, estimate, used],
  ...limits.map(({ column }) => column),
];

/** Position of each column by its name. */
function placesOf(header: readonly string[], layout: Layout): (name: string) => number {
  const { inputs, target, modes, group, history } = layout;
  const wanted = [...inputs.map(({ name }) => name), target, ...modes.map(({ name }) => name)];
  if (group !== null) wanted.push(group);
  if (history) wanted.push(...historyColumns(history));
  const missing = [...new Set(wanted)].filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new TrainingDataError(`The table has no column ${missing.join(', ')}`, {
      errors: missing.map((name) => ({ path: `column ${name}`, message: 'is missing' })),
    });
  }
  const places = new Map(header.map((name, at) => [name, at]));
  return (name) => places.get(name)!;
}

function requireEnough({ target, layout, groups }: Dataset): void {
  if (target.length < FEWEST_ROWS) {
    throw new TrainingDataError(`${target.length} rows are too few to learn from: at least ${FEWEST_ROWS} are needed`);
  }
  if (groups && new Set(groups).size < 3) {
    throw new TrainingDataError('At least three groups are needed: one is held back in turn to test on');
  }
  if (layout.task === 'regression') return;
  const failures = target.reduce((sum, label) => sum + label, 0);
  if (failures < FEWEST_FAILURES) {
    throw new TrainingDataError(
      `${failures} failures are too few to learn from: at least ${FEWEST_FAILURES} are needed in column ${layout.target}`,
    );
  }
  if (target.length - failures < FEWEST_FAILURES) {
    throw new TrainingDataError(
      `Column ${layout.target} tells almost nothing but failures: there is nothing to compare with`,
    );
  }
}
