import { entries, field, isNumber, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, decodeValue, encodeValue } from '../bson/write.js';
import { badValue, CommandError, notSupported } from '../errors.js';
import { truthy } from '../query/parse.js';

/** One indexed path and its direction. */
export interface IndexField {
  readonly path: string;
  readonly descending: boolean;
}

/** An index as the catalogue keeps it. */
export interface IndexDefinition {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilter?: Record<string, unknown>;
  hidden?: boolean;
  /** Documents expire this many seconds after the date in the first field. */
  expireAfterSeconds?: number;
  /** Some document has several entries: bounds of a range cannot be combined, nor a sort be read off. */
  multikey?: boolean;
  /** Some key was cut or rounded: equal keys may hide unequal values. */
  inexact?: boolean;
  /** Its build has not finished; writers keep it up, readers must not use it. */
  building?: boolean;
}

export const idIndex = (id: number): IndexDefinition => ({
  id,
  name: '_id_',
  fields: [{ path: '_id', descending: false }],
  unique: true,
  sparse: false,
});

const KNOWN_OPTIONS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'hidden',
  'v',
  'ns',
  'collation',
  'dropDups',
  'commitQuorum',
]);

/** Reads one specification of `createIndexes`. @throws CommandError 67 and others for what cannot be built */
export function parseIndex(spec: Value): Omit<IndexDefinition, 'id'> {
  const key = field(spec, 'key');
  if (key?.type !== T.object)
    throw new CommandError(9, "The 'key' field is a required property of an index specification");
  const fields = parseKey(key);
  for (const [option] of entries(spec)) {
    if (!KNOWN_OPTIONS.has(option)) {
      throw new CommandError(197, `The field '${option}' is not valid for an index specification.`);
    }
  }
  const collation = field(spec, 'collation');
  if (collation && decodeDocument(collation)['locale'] !== 'simple')
    throw notSupported('index collation is not supported');
  const name = field(spec, 'name');
  const expire = field(spec, 'expireAfterSeconds');
  const partial = field(spec, 'partialFilterExpression');
  const isTrue = (option: string) => {
    const value = field(spec, option);
    return value !== undefined && truthy(value);
  };
  if (partial && isTrue('sparse'))
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  if (partial && partial.type !== T.object) throw new CommandError(67, '"partialFilterExpression" must be an object');
  if (expire && fields.length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (expire && (!isNumber(expire) || Number(decodeValue(expire)) < 0)) {
    throw new CommandError(67, 'TTL index expireAfterSeconds must be a number of 0 or more');
  }
  return {
    name: name?.type === T.string ? textOf(name) : defaultName(fields),
    fields,
    unique: isTrue('unique'),
    sparse: isTrue('sparse'),
    ...(partial && { partialFilter: decodeDocument(partial) }),
    ...(expire && { expireAfterSeconds: Number(decodeValue(expire)) }),
    ...(isTrue('hidden') && { hidden: true }),
  };
}

function parseKey(key: Value): IndexField[] {
  const fields = entries(key).map(([path, direction]) => {
    if (!isNumber(direction)) {
      const kind = direction.type === T.string ? textOf(direction) : 'unknown';
      throw new CommandError(67, `index type '${kind}' is not supported by the embedded store`);
    }
    const order = Number(decodeValue(direction));
    if (order === 0 || Number.isNaN(order)) throw new CommandError(67, 'Values in the index key pattern cannot be 0.');
    if (path === '' || path.split('.').includes(''))
      throw new CommandError(67, 'Index keys cannot contain an empty field.');
    if (path.startsWith('$') || path.includes('$**'))
      throw new CommandError(67, `index path '${path}' is not supported`);
    return { path, descending: order < 0 };
  });
  if (fields.length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  return fields;
}

const defaultName = (fields: readonly IndexField[]) =>
  fields.map(({ path, descending }) => `${path}_${descending ? -1 : 1}`).join('_');

/** The key pattern, as `{a: 1, b: -1}`. */
export const keyPattern = (index: Pick<IndexDefinition, 'fields'>): Record<string, number> =>
  Object.fromEntries(index.fields.map(({ path, descending }) => [path, descending ? -1 : 1]));

/** An index as `listIndexes` shows it. */
export function listing(index: IndexDefinition): Record<string, unknown> {
  return {
    v: 2,
    key: keyPattern(index),
    name: index.name,
    ...(index.unique && index.name !== '_id_' && { unique: true }),
    ...(index.sparse && { sparse: true }),
    ...(index.partialFilter && { partialFilterExpression: index.partialFilter }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
    ...(index.hidden && { hidden: true }),
  };
}

type Comparable = Omit<IndexDefinition, 'id'>;

const samePattern = (a: Comparable, b: Comparable) =>
  JSON.stringify(a.fields.map((f) => [f.path, f.descending])) ===
  JSON.stringify(b.fields.map((f) => [f.path, f.descending]));

const samePartial = (a: Comparable, b: Comparable) =>
  encodeValue(a.partialFilter ?? null).payload.equals(encodeValue(b.partialFilter ?? null).payload);

const sameOptions = (a: Comparable, b: Comparable) =>
  a.unique === b.unique && a.sparse === b.sparse && a.expireAfterSeconds === b.expireAfterSeconds && samePartial(a, b);

/**
 * Compares a wanted index with those that exist.
 * @returns true when it exists already
 * @throws CommandError 85 for other options, 86 for another key under the same name
 */
export function alreadyExists(wanted: Comparable, existing: readonly IndexDefinition[]): boolean {
  for (const index of existing) {
    const sameKey = samePattern(index, wanted);
    if (sameKey && index.name === '_id_') return true;
    if (index.name === wanted.name) {
      if (!sameKey || (index.unique !== wanted.unique && sameKey) || !samePartial(index, wanted)) {
        throw new CommandError(
          86,
          `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(listing({ id: 0, ...wanted }))}, existing index: ${JSON.stringify(listing(index))}`,
        );
      }
      if (sameOptions(index, wanted)) return true;
      throw new CommandError(
        85,
        `An equivalent index already exists with the same name but different options. Requested index: ${JSON.stringify(listing({ id: 0, ...wanted }))}, existing index: ${JSON.stringify(listing(index))}`,
      );
    }
    if (sameKey && samePartial(index, wanted) && index.sparse === wanted.sparse && index.unique === wanted.unique) {
      throw new CommandError(85, `Index already exists with a different name: ${index.name}`);
    }
  }
  if (wanted.name === '_id_') throw badValue('The index name "_id_" is reserved for the _id index');
  return false;
}
