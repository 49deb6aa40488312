import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeDocument, encodeDocument } from '../bson/write.js';
import { parseFilter } from '../query/parse.js';
import { matches } from '../query/run.js';
import { parseSort } from '../query/sort.js';
import { Catalogue } from './catalogue.js';
import type { Collection } from './collection.js';
import { Engine } from './engine.js';

const directory = mkdtempSync(join(tmpdir(), 'store-engine-'));
const SIZES = [1, 200, 5_000, 40_000, 3_000_000, 7];
let engine: Engine;
let collection: Collection;

beforeAll(() => {
  engine = new Engine(directory);
  collection = engine.transaction(() => {
    const made = new Catalogue(engine).create('test.sizes');
    for (const [_id, size] of SIZES.entries()) made.insert(encodeDocument({ _id, text: String(_id).repeat(size) }));
    return made;
  });
});

afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const isWhole = (document: Record<string, unknown>) => {
  const _id = document['_id'] as number;
  return document['text'] === String(_id).repeat(SIZES[_id]!);
};

describe('a document of any size', () => {
  it('is seen whole until the next read', () => {
    for (const [place] of SIZES.entries()) expect(isWhole(decodeDocument(collection.peek(place + 1)!))).toBe(true);
  });

  it('lasts when it was read to be kept', () => {
    const kept = SIZES.map((_, place) => collection.read(place + 1)!);
    for (const [place] of SIZES.entries()) collection.peek(SIZES.length - place);
    expect(kept.map(decodeDocument).filter(isWhole)).toHaveLength(SIZES.length);
  });

  it('lasts when a query has to hold it, for a sort or beyond its turn', () => {
    const all = parseFilter(encodeDocument({}));
    const sorted = matches(engine, collection, {
      filter: all,
      sort: parseSort(encodeDocument({ text: -1 })),
      transient: true,
    });
    const unsorted = matches(engine, collection, { filter: all });
    for (const flow of [sorted, unsorted]) {
      const documents = [...flow].flatMap((match) => (match ? [decodeDocument(match.document)] : []));
      expect(documents.filter(isWhole)).toHaveLength(SIZES.length);
    }
  });

  it('is not there when nothing is stored under its place', () => {
    expect(collection.peek(SIZES.length + 1)).toBeUndefined();
  });
});
