import { validateDocument } from '../bson/value.js';
import { entriesOf, indexRange } from '../index/entries.js';
import { kept, scan, walk } from '../planner/scan.js';
import { entryKey } from '../storage/collection.js';
import { existing } from './collections.js';
import type { Reply, Request, Work } from './request.js';
import type { Store } from './store.js';

/** Most faults that one report lists. */
const MOST_ERRORS = 20;

/** Checks that every document is sound, that each has its index entries, and that no index has others. */
export function* validate(store: Store, request: Request): Work {
  const collection = existing(store, request);
  const { engine } = store;
  const errors: string[] = [];
  const note = (fault: string) => errors.length < MOST_ERRORS && errors.push(fault);
  const wanted = new Map(collection.readyIndexes.map((index) => [index, 0]));
  let records = 0;
  for (const found of scan(engine, collection, { kind: 'collection', reverse: false, sorted: true })) {
    if (found) {
      const record = kept(engine, found);
      records++;
      const { bytes, start, end } = record.document;
      try {
        validateDocument(bytes, start, end);
      } catch (error) {
        note(`record ${record.id}: ${(error as Error).message}`);
        continue;
      }
      for (const index of wanted.keys()) {
        const { keys } = entriesOf(index, record.document);
        wanted.set(index, wanted.get(index)! + keys.length);
        if (keys.some((key) => engine.index.get(entryKey(key, record.id)) === undefined)) {
          note(`record ${record.id} is missing from index ${index.name}`);
        }
      }
    }
    yield undefined;
  }
  const keysPerIndex: Reply = {};
  for (const [index, expected] of wanted) {
    let found = 0;
    for (const key of walk(engine, engine.index, indexRange(index))) {
      if (key) found++;
      yield undefined;
    }
    keysPerIndex[index.name] = found;
    if (found !== expected) note(`index ${index.name} has ${found} entries instead of ${expected}`);
  }
  if (records !== collection.count) note(`${records} documents instead of the ${collection.count} that were counted`);
  return {
    ns: collection.namespace,
    nrecords: records,
    nIndexes: wanted.size,
    keysPerIndex,
    valid: errors.length === 0,
    errors,
    warnings: [],
  };
}
