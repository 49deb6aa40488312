import { items, type Value } from '../bson/value.js';
import { encodeDocument, encodeValue } from '../bson/write.js';
import type { IndexDefinition } from '../index/definition.js';
import { entriesOf, type IndexEntries } from '../index/entries.js';
import { assertUnique } from '../index/unique.js';
import { type Engine, NO_VALUE } from './engine.js';

/** A collection as the catalogue keeps it. */
export interface CollectionRecord {
  id: number;
  namespace: string;
  uuid: string;
  options: Record<string, unknown>;
  indexes: IndexDefinition[];
}

/** A stored document and its place. */
export interface StoredRecord {
  readonly id: number;
  readonly document: Value;
}

/** Kinds of entries in the catalogue table. */
export const COLLECTION = 1;
const COUNTERS = 2;

export function catalogueKey(kind: number, id: number): Buffer {
  const key = Buffer.alloc(5);
  key[0] = kind;
  key.writeUInt32BE(id, 1);
  return key;
}

/** One collection: its documents, the entries of its indexes, and its counters, always changed together. */
export class Collection {
  count = 0;
  dataBytes = 0;
  /** Work that began before the collection was dropped must not write to it. */
  dropped = false;
  private lastId = 0;
  private readonly uses = new Map<number, number>();
  /** The key of the document that is being read. */
  private readonly place: Buffer;

  constructor(
    private readonly engine: Engine,
    public record: CollectionRecord,
  ) {
    this.place = this.dataKey(0);
    this.reset(record);
  }

  /** Takes definition and counters as they are on disk. */
  reset(record: CollectionRecord): void {
    this.record = record;
    this.dropped = false;
    const counters = this.engine.catalogue.get(this.counterKey());
    this.count = counters?.readDoubleBE(0) ?? 0;
    this.dataBytes = counters?.readDoubleBE(8) ?? 0;
    this.lastId = counters?.readDoubleBE(16) ?? 0;
  }

  get namespace(): string {
    return this.record.namespace;
  }

  get database(): string {
    return this.namespace.slice(0, this.namespace.indexOf('.'));
  }

  get name(): string {
    return this.namespace.slice(this.namespace.indexOf('.') + 1);
  }

  /** What this namespace shows instead of documents of its own. */
  get view(): { viewOn: string; pipeline: Value[] } | undefined {
    const { viewOn, pipeline } = this.record.options;
    return typeof viewOn === 'string' ? { viewOn, pipeline: items(encodeValue(pipeline ?? [])) } : undefined;
  }

  /** Counts a query that used an index. */
  noteUse({ id }: IndexDefinition): void {
    this.uses.set(id, this.usesOf(id) + 1);
  }

  usesOf(indexId: number): number {
    return this.uses.get(indexId) ?? 0;
  }

  /** Indexes that reads may use: those whose build has finished. */
  get readyIndexes(): IndexDefinition[] {
    return this.record.indexes.filter((index) => !index.building);
  }

  dataKey(id: number): Buffer {
    const key = Buffer.allocUnsafe(10);
    key.writeUInt32BE(this.record.id);
    key.writeUIntBE(id, 4, 6);
    return key;
  }

  read(id: number): Value | undefined {
    const document = this.peek(id);
    return document && this.engine.keep(document);
  }

  /** A document that lives only until the next read of anything. */
  peek(id: number): Value | undefined {
    this.place.writeUIntBE(id, 4, 6);
    return this.engine.peek(this.place);
  }

  /** @throws CommandError 11000 when a unique index holds the key already; nothing is written then */
  insert(document: Value): StoredRecord {
    const id = this.lastId + 1;
    const added = this.record.indexes.map((index) => entriesOf(index, document));
    this.checkUnique(added, id, document);
    this.lastId = id;
    for (const entries of added) this.addEntries(entries, id);
    this.engine.put(this.engine.data, this.dataKey(id), document.payload);
    this.adjust(1, document.end - document.start);
    return { id, document };
  }

  /** Puts `next` in the place of `previous`. @throws CommandError 11000 as `insert` */
  replace(previous: StoredRecord, next: Value): void {
    const before = this.record.indexes.map((index) => entriesOf(index, previous.document));
    const after = this.record.indexes.map((index) => entriesOf(index, next));
    this.checkUnique(after, previous.id, next);
    after.forEach((entries, i) => {
      const old = new Set(before[i]!.keys.map((key) => key.toString('latin1')));
      const kept = new Set<string>();
      for (const key of entries.keys) {
        const text = key.toString('latin1');
        if (old.has(text)) kept.add(text);
      }
      this.removeEntries(before[i]!, previous.id, kept);
      this.addEntries(entries, previous.id, kept);
    });
    this.engine.put(this.engine.data, this.dataKey(previous.id), next.payload);
    this.adjust(0, next.end - next.start - (previous.document.end - previous.document.start));
  }

  remove(record: StoredRecord): void {
    for (const index of this.record.indexes) this.removeEntries(entriesOf(index, record.document), record.id);
    this.engine.remove(this.engine.data, this.dataKey(record.id));
    this.adjust(-1, -(record.document.end - record.document.start));
  }

  /** Adds one document to one index, during a build. */
  addToIndex(index: IndexDefinition, record: StoredRecord): void {
    const entries = entriesOf(index, record.document);
    assertUnique(this.engine, this, entries, record.id, record.document);
    this.addEntries(entries, record.id);
  }

  /** Writes the definition, after a change to it. */
  save(): void {
    const { payload } = encodeDocument({ ...this.record });
    this.engine.put(this.engine.catalogue, catalogueKey(COLLECTION, this.record.id), payload);
  }

  /** Removes the definition and the counters of a dropped collection. */
  forget(): void {
    this.dropped = true;
    this.engine.remove(this.engine.catalogue, catalogueKey(COLLECTION, this.record.id));
    this.engine.remove(this.engine.catalogue, this.counterKey());
  }

  private checkUnique(all: IndexEntries[], id: number, document: Value): void {
    for (const entries of all) assertUnique(this.engine, this, entries, id, document);
  }

  private addEntries({ index, keys, multikey, inexact }: IndexEntries, id: number, except?: Set<string>): void {
    for (const key of keys) {
      if (!except?.has(key.toString('latin1'))) this.engine.put(this.engine.index, entryKey(key, id), NO_VALUE);
    }
    if ((multikey && !index.multikey) || (inexact && !index.inexact)) {
      index.multikey ||= multikey;
      index.inexact ||= inexact;
      this.save();
    }
  }

  private removeEntries({ keys }: IndexEntries, id: number, except?: Set<string>): void {
    for (const key of keys) {
      if (!except?.has(key.toString('latin1'))) this.engine.remove(this.engine.index, entryKey(key, id));
    }
  }

  private adjust(documents: number, bytes: number): void {
    this.count += documents;
    this.dataBytes += bytes;
    const counters = Buffer.allocUnsafe(24);
    counters.writeDoubleBE(this.count, 0);
    counters.writeDoubleBE(this.dataBytes, 8);
    counters.writeDoubleBE(this.lastId, 16);
    this.engine.put(this.engine.catalogue, this.counterKey(), counters);
  }

  private counterKey(): Buffer {
    return catalogueKey(COUNTERS, this.record.id);
  }
}

/** An index key is followed by the record id, so equal values of several documents stand side by side. */
export function entryKey(key: Buffer, id: number): Buffer {
  const out = Buffer.allocUnsafe(key.length + 6);
  key.copy(out);
  out.writeUIntBE(id, key.length, 6);
  return out;
}
