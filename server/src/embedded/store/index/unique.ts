import { compareValues } from '../bson/compare.js';
import { successor } from '../bson/order-key.js';
import { T, type Value } from '../bson/value.js';
import { decodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import { type Engine, keysBetween } from '../storage/engine.js';
import { type IndexDefinition, keyPattern } from './definition.js';
import { EMPTY, expand, type IndexEntries, type Indexed } from './entries.js';

/** @throws CommandError 11000 when another record has one of these keys in a unique index */
export function assertUnique(
  engine: Engine,
  collection: Collection,
  { index, keys, tuples, inexact }: IndexEntries,
  id: number,
  document: Value,
): void {
  if (!index.unique) return;
  for (const [i, key] of keys.entries()) {
    const end = successor(key)!;
    for (const found of keysBetween(engine.index, key, end, inexact || index.inexact ? 10_000 : 2)) {
      const other = found.readUIntBE(found.length - 6, 6);
      if (other === id || found.length !== key.length + 6) continue;
      if ((inexact || index.inexact) && !sharesKey(collection, index, other, document)) continue;
      throw duplicateKey(collection.namespace, index, tuples[i]!);
    }
  }
}

/** Settles by the documents themselves what cut or rounded keys leave open. */
function sharesKey(collection: Collection, index: IndexDefinition, other: number, document: Value): boolean {
  const stored = collection.read(other);
  if (!stored) return false;
  const paths = index.fields.map(({ path }) => path.split('.'));
  const theirs = expand(stored, paths, new Map());
  return expand(document, paths, new Map()).some((mine) =>
    theirs.some((tuple) =>
      tuple.every((value, i) => {
        const own = mine[i];
        if (value === EMPTY || own === EMPTY) return value === own;
        return compareValues(value, own) === 0;
      }),
    ),
  );
}

/** E11000 as MongoDB words it. */
export function duplicateKey(namespace: string, index: IndexDefinition, tuple: readonly Indexed[]): CommandError {
  const keyValue = Object.fromEntries(
    index.fields.map(({ path }, i) => {
      const value = tuple[i];
      return [path, value === undefined ? null : value === EMPTY ? [] : value];
    }),
  );
  const shown = Object.entries(keyValue)
    .map(([path, value]) => `${path}: ${showValue(value)}`)
    .join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown} }`,
    { keyPattern: keyPattern(index), keyValue },
  );
}

/** A value as MongoDB's messages print it. */
export function showValue(value: unknown): string {
  const raw = value as Value | null | unknown[];
  if (raw === null) return 'null';
  if (Array.isArray(raw)) return '[]';
  const decoded = decodeValue(raw);
  if (raw.type === T.objectId) return `ObjectId('${String(decoded)}')`;
  if (raw.type === T.date) return `new Date(${(decoded as Date).getTime()})`;
  if (raw.type === T.double && Number.isInteger(decoded)) return (decoded as number).toFixed(1);
  return JSON.stringify(decoded) ?? String(decoded);
}
