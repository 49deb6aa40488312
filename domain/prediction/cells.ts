import type { FieldError } from '../contract/errors.js';
import type { InputColumn } from './features.js';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LONGEST_QUOTE = 40;

/** A cell as people can find it again, cut short where it is long. */
const quoted = (text: string): string =>
  JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);

/** The finite number that a cell holds, or what is wrong with it. */
export function readNumber(text: string): number | string {
  const trimmed = text.trim();
  if (trimmed === '') return 'is empty';
  if (!DECIMAL.test(trimmed)) return `${quoted(text)} is not a finite number`;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : `${quoted(text)} is beyond what a number can hold`;
}

/** The value of an input's cell (the position of its category, or its number), or what is wrong with it. */
export function readInput(text: string, { categories }: InputColumn): number | string {
  if (!categories) return readNumber(text);
  const value = categories.indexOf(text.trim());
  return value >= 0 ? value : `${quoted(text)} is none of ${categories.join(', ')}`;
}

/** The outcome that a cell tells, 0 or 1, or what is wrong with it. */
export function readOutcome(text: string): number | string {
  const value = readNumber(text);
  if (typeof value === 'string') return value;
  return value === 0 || value === 1 ? value : `${quoted(text)} is neither 0 nor 1`;
}

const MOST_TOLD = 20;

/** Faults of a table by row and column; the first twenty are told, the others counted. */
export class TableFaults {
  readonly told: FieldError[] = [];
  private count = 0;

  /** @param row - 1 for the first row below the header */
  add(row: number, column: string, message: string): void {
    this.count++;
    if (this.told.length < MOST_TOLD) this.told.push({ path: `row ${row}, column ${column}`, message });
  }

  /** Throws what `asError` makes of the faults, if there is one. */
  throwIfAny(asError: (message: string, errors: FieldError[]) => Error): void {
    const first = this.told[0];
    if (!first) return;
    const more = this.count > 1 ? ` (and ${this.count - 1} more)` : '';
    throw asError(`${first.path}: ${first.message}${more}`, this.told);
  }
}
