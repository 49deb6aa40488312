import type { InputColumn, Quantity } from './features.js';

/** How the columns of a table are read: what goes in, what is to be told, what belongs together. */
export interface Layout {
  name: 'ai4i' | 'histories' | 'table';
  task: 'classification' | 'regression';
  target: string;
  /** unit of the target of a regression */
  unit: string;
  inputs: InputColumn[];
  /** groups of the explanation, at most six; none: no explanation */
  groups: { name: string; label: string }[];
  quantities: Quantity[];
  /** columns that name the way of failure: outcomes like the target, never inputs */
  modes: { name: string; label: string }[];
  /** column whose rows belong together and are never parted between training and test; null: every row is its own */
  group: string | null;
  /** columns of a true remaining life and its estimate, min; null where there is none */
  life: { truth: string; estimate: string; used: string } | null;
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
