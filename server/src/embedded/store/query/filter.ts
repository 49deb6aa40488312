import type { Value } from '../bson/value.js';

/** A filter document, read: what the matcher runs and the planner looks at. */
export type Filter =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly parts: readonly Filter[] }
  | { readonly kind: 'field'; readonly path: string; readonly test: Predicate }
  | { readonly kind: 'expression'; readonly expression: Value }
  | { readonly kind: 'constant'; readonly value: boolean };

/** A condition on the values found at one path. */
export type Predicate =
  | { readonly op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Value }
  | { readonly op: 'in'; readonly values: readonly Value[]; readonly patterns: readonly Pattern[] }
  | { readonly op: 'regex'; readonly pattern: Pattern }
  | { readonly op: 'exists' }
  | { readonly op: 'type'; readonly types: ReadonlySet<number> }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'mod'; readonly divisor: number; readonly remainder: number }
  | { readonly op: 'bits'; readonly mask: bigint; readonly want: 'allSet' | 'allClear' | 'anySet' | 'anyClear' }
  | { readonly op: 'elements'; readonly filter: Filter }
  | { readonly op: 'elementValues'; readonly parts: readonly Predicate[] }
  | { readonly op: 'and'; readonly parts: readonly Predicate[] }
  | { readonly op: 'not'; readonly part: Predicate };

/** A regular expression with the stored form of it, which it also equals. */
export interface Pattern {
  readonly expression: RegExp;
  readonly source: string;
  readonly flags: string;
}

/** The empty filter. */
export const ALL: Filter = { kind: 'and', parts: [] };
