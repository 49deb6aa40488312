import type { InputColumn, Quantity } from './features.js';

/** How the columns of a table are read: what goes in, what is to be told, what belongs together. */
export interface Layout {
  name: 'ai4i' | 'histories' | 'table';
  task: 'classification' | 'regression';
  target: string;
  inputs: InputColumn[];
  /** groups of the explanation, at most six; none: no explanation */
  groups: { name: string; label: string }[];
  quantities: Quantity[];
  /** columns that name the way of failure: outcomes like the target, never inputs */
  modes: { name: string; label: string }[];
  /** column whose rows belong together and are never parted between training and test; null: every row is its own */
  group: string | null;
  /** columns of run-to-failure histories; null where rows do not follow each other */
  history: HistoryColumns | null;
}

/** Columns that tell where in a run a row stands, and what it is judged by beside its inputs. */
export interface HistoryColumns {
  /** minutes in the cut so far, true minutes left, and what the wear curve makes of them */
  minute: string;
  remaining: string;
  estimate: string;
  /** share of life used */
  used: string;
  /** readings that a fixed limit could be set to, for comparison */
  limits: readonly { column: string; label: string }[];
  /** columns of kinds, all rows of one of which are held back together to tell how strangers are judged */
  kinds: readonly { column: string; label: string }[];
}

export interface LayoutOptions {
  /** default: the target of the layout that the header shows */
  target?: string | undefined;
  group?: string | undefined;
  /** columns to read, `*` for any text; default: those of the layout, or every other column */
  inputs?: readonly string[] | undefined;
}

/** A quantity that is an input as it stands. */
export function asItIs({ name, label, unit }: InputColumn, at: number): Quantity {
  return { name, label, unit, formula: 'input', of: [at] };
}
