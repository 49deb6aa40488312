import { items, T, textOf } from '../bson/value.js';
import { Catalogue } from '../storage/catalogue.js';
import type { Engine } from '../storage/engine.js';
import { Cursors } from './cursors.js';
import type { Request } from './request.js';

/** The log of slow commands has at most one line in this time. */
const SLOW_LINE_EVERY_MS = 1_000;

/** What commands work on. */
export class Store {
  readonly catalogue: Catalogue;
  readonly cursors = new Cursors();
  readonly startedAtMs = Date.now();
  /** Commands answered, by name, and what they read, for `serverStatus`. */
  readonly counters = new Map<string, number>();
  readonly read = { keys: 0, documents: 0 };
  connections = 0;
  connectionsMade = 0;
  private lastSlowAtMs = 0;
  private slowUntold = 0;

  /** @param slowMs - commands that take longer are logged */
  constructor(
    readonly engine: Engine,
    private readonly slowMs = 100,
  ) {
    this.catalogue = new Catalogue(engine);
  }

  count(name: string, by = 1): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + by);
  }

  /** Adds up what a command read, and logs it when it was slow: its shape, never its values. */
  noteDuration({ name, body, database, meter }: Request, ms: number): void {
    this.read.keys += meter.keys;
    this.read.documents += meter.documents;
    if (ms < this.slowMs) return;
    if (Date.now() - this.lastSlowAtMs < SLOW_LINE_EVERY_MS) {
      this.slowUntold++;
      return;
    }
    const target = items(body)[0];
    const collection = target?.type === T.string ? textOf(target) : '$cmd';
    console.warn(
      `embedded-store: slow ${name} on ${database}.${collection}: ${Math.round(ms)} ms, ${meter.plan ?? 'no query'},`,
      `${meter.keys} keys and ${meter.documents} documents read`,
      this.slowUntold > 0 ? `(and ${this.slowUntold} more slow commands)` : '',
    );
    this.lastSlowAtMs = Date.now();
    this.slowUntold = 0;
  }
}
