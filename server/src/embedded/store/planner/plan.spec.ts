import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decimal128, Double, Long } from 'bson';
import fc from 'fast-check';
import { decodeDocument, encodeDocument, encodeValue } from '../bson/write.js';
import { parseIndex } from '../index/definition.js';
import { parseFilter } from '../query/parse.js';
import { matches, type Query } from '../query/run.js';
import { parseSort } from '../query/sort.js';
import { Catalogue } from '../storage/catalogue.js';
import type { Collection } from '../storage/collection.js';
import { Engine } from '../storage/engine.js';
import { planFor } from './plan.js';

/** More runs than usual on request. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400);
const directory = mkdtempSync(join(tmpdir(), 'store-plan-'));
let engine: Engine;
let catalogue: Catalogue;

beforeAll(() => {
  engine = new Engine(directory);
  catalogue = new Catalogue(engine);
});

afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

let serial = 0;
const collectionOf = (documents: readonly object[], indexes: readonly object[] = []): Collection =>
  engine.transaction(() => {
    const collection = catalogue.create(`test.c${serial++}`);
    for (const spec of indexes) catalogue.addIndex(collection, parseIndex(encodeValue(spec)));
    for (const [_id, document] of documents.entries()) collection.insert(encodeDocument({ _id, ...document }));
    return collection;
  });

const queryOf = (filter: object, sort: object = {}): Query => ({
  filter: parseFilter(encodeValue(filter)),
  sort: parseSort(encodeValue(sort)),
});
const idsOf = (collection: Collection, query: Query): unknown[] =>
  [...matches(engine, collection, query)].flatMap((match) => (match ? [decodeDocument(match.document)['_id']] : []));

const small = fc.integer({ min: -2, max: 3 });
const part = fc.oneof(
  small,
  small.map((n) => new Double(n + 0.5)),
  small.map((n) => Long.fromNumber(n)),
  fc.constantFrom(null, 'a', 'ab', 'b', true, new Date(5), Number.NaN, [], {}),
  fc.constantFrom('0.1', '1', '0.10000000000000000556', '2.5', 'NaN').map((text) => Decimal128.fromString(text)),
  fc.constantFrom(2n ** 53n, 2n ** 53n + 1n).map((n) => Long.fromBigInt(n)),
  fc.constantFrom(0.1, 2 ** 53).map((n) => new Double(n)),
  fc.array(small, { maxLength: 3 }),
  fc.record({ c: small }),
  fc.array(fc.record({ c: small }), { maxLength: 2 }),
);
const documents = fc.array(fc.record({ a: part, b: part, d: small }, { requiredKeys: [] }), { maxLength: 12 });
const condition = fc.oneof(
  part,
  part.map((value) => ({ $eq: value })),
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$ne'), part).map(([name, value]) => ({ [name]: value })),
  fc.tuple(small, small).map(([low, high]) => ({ $gt: low, $lte: high })),
  fc.array(part, { maxLength: 3 }).map((all) => ({ $in: all })),
  fc.boolean().map((value) => ({ $exists: value })),
  fc.constantFrom(
    { $regex: '^a' },
    { $not: { $gt: 1 } },
    { $elemMatch: { $gt: 0 } },
    { $elemMatch: { c: 1 } },
    { $size: 1 },
  ),
);
const flatFilter = fc.dictionary(fc.constantFrom('a', 'b', 'a.c', 'd', '_id'), condition, { maxKeys: 3 });
const filter = fc.oneof(
  flatFilter,
  fc.array(flatFilter, { minLength: 1, maxLength: 2 }).map((all) => ({ $or: all })),
);
const sort = fc.oneof(
  fc.constant({}),
  fc.constantFrom({ a: 1 }, { a: -1 }, { b: 1, a: -1 }, { d: 1, _id: -1 }, { 'a.c': 1 }),
);
const indexes = fc.uniqueArray(
  fc.constantFrom(
    { key: { a: 1 } },
    { key: { a: -1, b: 1 } },
    { key: { b: 1, a: 1 } },
    { key: { 'a.c': 1 }, sparse: true },
    { key: { d: 1, _id: -1 } },
    { key: { d: 1 }, partialFilterExpression: { d: { $gt: 0 } }, name: 'partial' },
    { key: { b: 1 }, sparse: true },
  ),
  { maxLength: 3, selector: (spec) => JSON.stringify(spec) },
);

const arraysUnderTwoIndexedPaths = (all: readonly { a?: unknown; b?: unknown }[]) =>
  all.some(({ a, b }) => Array.isArray(a) && Array.isArray(b));

describe('a read through indexes', () => {
  it('finds what a read without them finds, in the wanted order', () => {
    fc.assert(
      fc.property(documents, indexes, filter, sort, (all, specs, wanted, order) => {
        fc.pre(!arraysUnderTwoIndexedPaths(all));
        const query = queryOf(wanted, order);
        const found = idsOf(collectionOf(all, specs), query);
        const expected = idsOf(collectionOf(all), query);
        expect([...found].sort()).toEqual([...expected].sort());
        const bySort = (ids: unknown[]) => {
          const plain = collectionOf(ids.map((id) => all[id as number]!));
          return idsOf(plain, { filter: { kind: 'and', parts: [] }, sort: query.sort ?? [] });
        };
        if (Object.keys(order).length > 0 && !('_id' in order)) {
          expect(bySort(found)).toEqual(found.map((_, i) => i));
        } else if ('_id' in order) expect(found).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the planner', () => {
  const collection = () =>
    collectionOf(
      [{ a: 1, b: 2 }],
      [
        { key: { a: 1, b: -1 } },
        { key: { status: 1 }, unique: true, partialFilterExpression: { status: { $in: ['active', 'paused'] } } },
        { key: { s: 1 }, sparse: true },
      ],
    );
  const chosen = (filter: object, sort: object = {}) => {
    const query = queryOf(filter, sort);
    const plan = planFor(collection(), query.filter, query.sort ?? []);
    return plan.kind === 'index'
      ? `${plan.index.name}${plan.reverse ? ' backward' : ''}${plan.sorted ? ' sorted' : ''}`
      : plan.kind;
  };

  it('takes equality, then range, then order', () => {
    expect(chosen({ a: 1, b: { $gt: 1 } })).toBe('a_1_b_-1 sorted');
    expect(chosen({ a: 1 }, { b: 1 })).toBe('a_1_b_-1 backward sorted');
    expect(chosen({ a: { $in: [1, 2] } }, { b: 1 })).toBe('a_1_b_-1');
    expect(chosen({ b: 1 })).toBe('collection');
    expect(chosen({ _id: 1 })).toBe('_id_ sorted');
    expect(chosen({ $or: [{ _id: 1 }, { a: 2 }] })).toBe('union');
  });

  it('uses partial and sparse indexes only where they hold every wanted document', () => {
    expect(chosen({ status: 'active' })).toBe('status_1 sorted');
    expect(chosen({ status: 'done' })).toBe('collection');
    expect(chosen({ s: 3 })).toBe('s_1 sorted');
    expect(chosen({ s: null })).toBe('collection');
    expect(chosen({}, { s: 1 })).toBe('collection');
  });
});
