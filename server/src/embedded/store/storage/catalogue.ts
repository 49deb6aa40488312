import { documentOf } from '../bson/value.js';
import { decodeDocument } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { type IndexDefinition, idIndex } from '../index/definition.js';
import { COLLECTION, Collection, type CollectionRecord, catalogueKey as keyOf } from './collection.js';
import { type Engine, keysBetween, NO_VALUE } from './engine.js';

const GARBAGE = 3;
const NEXT_ID = Buffer.from([9]);

/** What exists: collections with their indexes, and the leftovers of dropped ones. All changes happen inside a transaction. */
export class Catalogue {
  private readonly collections = new Map<string, Collection>();
  private nextId = 1;

  constructor(readonly engine: Engine) {
    this.load();
  }

  /** Reads everything again from disk: at start, and after a transaction that was rolled back. */
  load(): void {
    const known = new Map(this.all().map((collection) => [collection.record.id, collection]));
    this.collections.clear();
    const next = this.engine.catalogue.get(NEXT_ID);
    this.nextId = next ? next.readUInt32BE(0) : 1;
    const range = { start: keyOf(COLLECTION, 0), end: Buffer.from([COLLECTION + 1]) };
    for (const { value } of this.engine.catalogue.getRange(range)) {
      const record = decodeDocument(documentOf(value)) as unknown as CollectionRecord;
      const collection = known.get(record.id) ?? new Collection(this.engine, record);
      if (known.has(record.id)) collection.reset(record);
      this.collections.set(record.namespace, collection);
    }
  }

  find(namespace: string): Collection | undefined {
    return this.collections.get(namespace);
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  /** Collections of one database, by name. */
  inDatabase(database: string): Collection[] {
    return this.all()
      .filter((collection) => collection.database === database)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  create(namespace: string, options: Record<string, unknown> = {}): Collection {
    checkNamespace(namespace);
    const record: CollectionRecord = {
      id: this.takeId(),
      namespace,
      options,
      uuid: crypto.randomUUID(),
      indexes: [idIndex(this.takeId())],
    };
    const collection = new Collection(this.engine, record);
    this.collections.set(namespace, collection);
    collection.save();
    return collection;
  }

  findOrCreate(namespace: string): Collection {
    return this.find(namespace) ?? this.create(namespace);
  }

  addIndex(collection: Collection, definition: Omit<IndexDefinition, 'id'>): IndexDefinition {
    const index = { ...definition, id: this.takeId() };
    collection.record.indexes.push(index);
    collection.save();
    return index;
  }

  removeIndex(collection: Collection, index: IndexDefinition): void {
    collection.record.indexes = collection.record.indexes.filter((other) => other !== index);
    this.discard(index.id);
    collection.save();
  }

  drop(collection: Collection): void {
    this.collections.delete(collection.namespace);
    collection.forget();
    for (const id of [collection.record.id, ...collection.record.indexes.map((index) => index.id)]) this.discard(id);
  }

  rename(collection: Collection, namespace: string): void {
    checkNamespace(namespace);
    this.collections.delete(collection.namespace);
    collection.record.namespace = namespace;
    this.collections.set(namespace, collection);
    collection.save();
  }

  /** Whether dropped collections or indexes still have entries. */
  hasGarbage(): boolean {
    return keysBetween(this.engine.catalogue, keyOf(GARBAGE, 0), Buffer.from([GARBAGE + 1]), 1).length > 0;
  }

  /**
   * Deletes up to `limit` entries of dropped collections and indexes.
   * @returns whether anything is left to sweep
   */
  sweep(limit: number): boolean {
    const garbage = keysBetween(this.engine.catalogue, keyOf(GARBAGE, 0), Buffer.from([GARBAGE + 1]), 1)[0];
    if (!garbage) return false;
    const id = garbage.readUInt32BE(1);
    const start = Buffer.alloc(4);
    start.writeUInt32BE(id);
    const end = Buffer.alloc(4);
    end.writeUInt32BE(id + 1);
    for (const table of [this.engine.data, this.engine.index]) {
      const keys = keysBetween(table, start, end, limit);
      for (const key of keys) this.engine.remove(table, key);
      if (keys.length > 0) return true;
    }
    this.engine.remove(this.engine.catalogue, garbage);
    return true;
  }

  private discard(id: number): void {
    this.engine.put(this.engine.catalogue, keyOf(GARBAGE, id), NO_VALUE);
  }

  /** Ids are never used twice, so leftovers cannot come back to life. */
  private takeId(): number {
    const id = this.nextId++;
    const next = Buffer.alloc(4);
    next.writeUInt32BE(this.nextId);
    this.engine.put(this.engine.catalogue, NEXT_ID, next);
    return id;
  }
}

function checkNamespace(namespace: string): void {
  const name = namespace.slice(namespace.indexOf('.') + 1);
  const database = namespace.slice(0, namespace.indexOf('.'));
  if (
    !name ||
    name.startsWith('.') ||
    name.includes('$') ||
    name.includes('\0') ||
    Buffer.byteLength(namespace) > 255
  ) {
    throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  }
  if (!database || /[/\\. "$\0]/.test(database)) throw new CommandError(73, `Invalid database name: '${database}'`);
}
