import type { Collation } from '../bson/collation.js';
import { compareValues } from '../bson/compare.js';
import { EMPTY_ARRAY_RANK, orderKey } from '../bson/order-key.js';
import { entries, field, isNumber, items, T, type Value } from '../bson/value.js';
import { decodeValue } from '../bson/write.js';
import { badValue, CommandError, notSupported } from '../errors.js';

export interface SortField {
  readonly path: string;
  readonly descending: boolean;
}

/** Reads `{a: 1, b: -1}`. @throws CommandError 15975 and others for another direction */
export function parseSort(sort: Value | undefined): SortField[] {
  if (!sort) return [];
  if (sort.type !== T.object) throw new CommandError(14, 'Expected field sort to be of type object');
  return entries(sort).map(([path, direction]) => {
    if (direction.type === T.object) throw notSupported('sorting by $meta is not supported');
    const order = isNumber(direction) ? Number(decodeValue(direction)) : 0;
    if (order !== 1 && order !== -1)
      throw new CommandError(15975, `$sort key ordering must be 1 (for ascending) or -1 (for descending)`);
    if (path === '' || path.split('.').includes('')) throw badValue('FieldPath field names may not be empty strings.');
    return { path, descending: order < 0 };
  });
}

/** What an array without elements sorts as: before everything but MinKey. */
const EMPTY = Symbol('empty array');
type Sortable = Value | undefined | typeof EMPTY;

/** Bytes whose order is the wanted order of documents. An array sorts by its least element, or its greatest when descending. */
export function sortKey(document: Value, sort: readonly SortField[]): Buffer {
  const keys = sort.map(({ path, descending }) =>
    sortables(document, path.split('.'), 0)
      .map((value) => (value === EMPTY ? emptyArrayKey(descending) : orderKey(value, descending)))
      .reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least)),
  );
  return keys.length === 1 ? keys[0]! : Buffer.concat(keys);
}

const emptyArrayKey = (descending: boolean) => Buffer.from([descending ? ~EMPTY_ARRAY_RANK & 0xff : EMPTY_ARRAY_RANK]);

/** The values of a path that compete for the place of their document. */
function sortables(holder: Value, path: readonly string[], depth: number): Sortable[] {
  const value = field(holder, path[depth]!);
  const last = depth === path.length - 1;
  if (value?.type === T.array && !last && /^\d+$/.test(path[depth + 1]!)) return sortables(value, path, depth + 1);
  if (value?.type === T.array) {
    const all = items(value);
    if (last) return all.length > 0 ? all : [EMPTY];
    if (all.length === 0) return [undefined];
    return all.flatMap((item) => (item.type === T.object ? sortables(item, path, depth + 1) : [undefined]));
  }
  if (last) return [value];
  return value?.type === T.object ? sortables(value, path, depth + 1) : [undefined];
}

/** Order of two documents under a collation, for which there are no bytes to compare. */
function comparator(sort: readonly SortField[], { compare }: Collation): (a: Value, b: Value) => number {
  const order = (a: Sortable, b: Sortable) => {
    if (a === EMPTY || b === EMPTY) return Number(b === EMPTY) - Number(a === EMPTY);
    return compareValues(a, b, compare);
  };
  const extreme = (document: Value, path: string, sign: number) =>
    sortables(document, path.split('.'), 0).reduce((least, value) => (sign * order(value, least) < 0 ? value : least));
  return (a, b) => {
    for (const { path, descending } of sort) {
      const sign = descending ? -1 : 1;
      const difference = sign * order(extreme(a, path, sign), extreme(b, path, sign));
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

/** Bytes of documents that one sort may hold. */
const SORT_MEMORY = 100 * 1024 * 1024;

interface Row<R> {
  readonly key: Buffer;
  readonly document: Value;
  readonly item: R;
  readonly size: number;
}

/** Collects items and hands them back in order; with a `limit` it keeps only the first ones. Equal items keep their order. */
export class Sorter<R> {
  private rows: Row<R>[] = [];
  private bytes = 0;
  private readonly compare: (a: Row<R>, b: Row<R>) => number;

  constructor(
    private readonly sort: readonly SortField[],
    private readonly limit = Infinity,
    private readonly collation?: Collation,
  ) {
    const collated = collation && comparator(sort, collation);
    this.compare = collated ? (a, b) => collated(a.document, b.document) : (a, b) => Buffer.compare(a.key, b.key);
  }

  add(document: Value, item: R): void {
    const size = document.end - document.start + 100;
    const key = this.collation ? NO_KEY : sortKey(document, this.sort);
    this.rows.push({ key, document, item, size });
    this.bytes += size;
    if (this.rows.length >= this.limit * 2 + 100) this.prune();
    if (this.bytes > SORT_MEMORY) this.prune();
    if (this.bytes > SORT_MEMORY) {
      throw new CommandError(292, 'Sort exceeded memory limit of 104857600 bytes; add an index or a limit');
    }
  }

  finish(): R[] {
    this.prune();
    return this.rows.map(({ item }) => item);
  }

  private prune(): void {
    this.rows.sort(this.compare);
    if (this.rows.length > this.limit) this.rows.length = this.limit;
    this.bytes = this.rows.reduce((sum, row) => sum + row.size, 0);
  }
}

const NO_KEY = Buffer.alloc(0);
