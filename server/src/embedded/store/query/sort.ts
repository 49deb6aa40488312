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

/** Bytes whose order is the wanted order of documents. An array sorts by its least element, or its greatest when descending. */
export function sortKey(document: Value, sort: readonly SortField[]): Buffer {
  return Buffer.concat(sort.map(({ path, descending }) => extremeKey(document, path.split('.'), descending)));
}

function extremeKey(document: Value, path: readonly string[], descending: boolean): Buffer {
  const keys: Buffer[] = [];
  collect(document, path, 0, keys, descending);
  return keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least));
}

function collect(holder: Value, path: readonly string[], depth: number, out: Buffer[], descending: boolean): void {
  const value = field(holder, path[depth]!);
  const last = depth === path.length - 1;
  if (value?.type === T.array && !last && /^\d+$/.test(path[depth + 1]!)) {
    collect(value, path, depth + 1, out, descending);
  } else if (value?.type === T.array) {
    const all = items(value);
    if (all.length === 0) out.push(last ? emptyArrayKey(descending) : orderKey(undefined, descending));
    for (const item of all) {
      if (last) out.push(orderKey(item, descending));
      else if (item.type === T.object) collect(item, path, depth + 1, out, descending);
      else out.push(orderKey(undefined, descending));
    }
  } else if (last) out.push(orderKey(value, descending));
  else if (value?.type === T.object) collect(value, path, depth + 1, out, descending);
  else out.push(orderKey(undefined, descending));
}

const emptyArrayKey = (descending: boolean) => Buffer.from([descending ? ~EMPTY_ARRAY_RANK & 0xff : EMPTY_ARRAY_RANK]);

/** Bytes of documents that one sort may hold. */
const SORT_MEMORY = 100 * 1024 * 1024;

/** Collects items and hands them back in order; with a `limit` it keeps only the first ones. Equal items keep their order. */
export class Sorter<R> {
  private rows: { key: Buffer; item: R; size: number }[] = [];
  private bytes = 0;

  constructor(
    private readonly sort: readonly SortField[],
    private readonly limit = Infinity,
  ) {}

  add(document: Value, item: R): void {
    const size = document.end - document.start + 100;
    this.rows.push({ key: sortKey(document, this.sort), item, size });
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
    this.rows.sort((a, b) => Buffer.compare(a.key, b.key));
    if (this.rows.length > this.limit) this.rows.length = this.limit;
    this.bytes = this.rows.reduce((sum, row) => sum + row.size, 0);
  }
}
