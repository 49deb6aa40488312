import { compareValues } from './bson/compare.js';
import { field, items, T, type Value } from './bson/value.js';
import { encodeValue } from './bson/write.js';
import type { Executor, Pause } from './commands/executor.js';
import { build } from './commands/indexes.js';
import type { Store } from './commands/store.js';
import type { IndexDefinition } from './index/definition.js';
import { matches } from './query/run.js';
import type { Collection } from './storage/collection.js';

/** Entries of dropped collections that one step deletes. */
const SWEEP_STEP = 200;

/** Housekeeping beside the commands, in the same small steps: expired documents, dropped collections, idle cursors. */
export class Background {
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly executor: Executor,
    intervalMs: number,
  ) {
    this.timer = setInterval(() => void this.pass(), intervalMs);
    this.timer.unref();
  }

  /** Finishes index builds that a stop interrupted. */
  async resumeBuilds(): Promise<void> {
    for (const collection of this.store.catalogue.all()) {
      for (const index of collection.record.indexes) {
        if (index.building) await this.executor.write(build(this.store, collection, index));
      }
    }
  }

  /** One round of all chores; a round that is still running is not started twice. */
  pass(): Promise<void> {
    this.running ??= this.round()
      .catch((error: unknown) => console.error('embedded-store: housekeeping failed:', error))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    this.store.cursors.expire(Date.now());
    for (const collection of this.store.catalogue.all()) {
      for (const index of collection.readyIndexes) {
        if (index.expireAfterSeconds !== undefined) await this.expire(collection, index);
      }
    }
    if (this.store.catalogue.hasGarbage()) await this.executor.write(this.sweep());
  }

  /** Deletes what the index says has expired, oldest first. An array expires by its earliest date. */
  private async expire(collection: Collection, index: IndexDefinition): Promise<void> {
    const path = index.fields[0]!.path;
    const deadline = encodeValue(new Date(Date.now() - index.expireAfterSeconds! * 1000));
    const { store } = this;
    const filter = { kind: 'field', path, test: { op: 'lte', value: deadline } } as const;
    const expired = await this.executor.read(
      (function* () {
        const ids: number[] = [];
        for (const match of matches(store.engine, collection, { filter })) {
          if (match) ids.push(match.id);
          yield undefined;
        }
        return ids;
      })(),
    );
    if (expired.length === 0) return;
    await this.executor.write(
      (function* (): Generator<Pause, void> {
        for (const id of expired) {
          const document = collection.dropped ? undefined : collection.read(id);
          if (document && datesAt(document, path).some((date) => compareValues(date, deadline) <= 0)) {
            collection.remove({ id, document });
          }
          yield 'unlocked';
        }
      })(),
    );
  }

  private *sweep(): Generator<Pause, void> {
    while (this.store.catalogue.sweep(SWEEP_STEP)) yield 'unlocked';
  }
}

function datesAt(document: Value, path: string): Value[] {
  let value: Value | undefined = document;
  for (const part of path.split('.')) value = value && value.type === T.object ? field(value, part) : undefined;
  const all = value?.type === T.array ? items(value) : value ? [value] : [];
  return all.filter((item) => item.type === T.date);
}
