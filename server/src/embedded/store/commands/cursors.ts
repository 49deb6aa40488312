import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import type { Value } from '../bson/value.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import type { Reply } from './request.js';

interface Cursor {
  readonly namespace: string;
  readonly results: Flow<Value>;
  /** A result that did not fit into the last batch. */
  pending: Value | undefined;
  lastUsedMs: number;
}

const FIRST_BATCH = 101;
/** Replies stay well below the 16 MB that a driver takes. */
const BATCH_BYTES = 16 * 1024 * 1024 - 64 * 1024;
const IDLE_MS = 10 * 60_000;
const MOST_CURSORS = 10_000;

/** Results that clients fetch batch by batch. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  get size(): number {
    return this.open.size;
  }

  /** Answers with the first batch; a cursor stays open when there may be more. */
  *start(
    namespace: string,
    results: Flow<Value>,
    batchSize = FIRST_BATCH,
    single = false,
  ): Generator<undefined, Reply> {
    const cursor: Cursor = { namespace, results, pending: undefined, lastUsedMs: Date.now() };
    const { batch, done } = yield* this.fill(cursor, batchSize);
    let id = Long.ZERO;
    if (!done && !single) {
      if (this.open.size >= MOST_CURSORS) throw new CommandError(1, 'too many open cursors');
      id = Long.fromBigInt(randomBytes(8).readBigInt64LE() >> 1n);
      this.open.set(id.toString(), cursor);
    }
    return { cursor: { firstBatch: batch, id, ns: namespace } };
  }

  /** @throws CommandError 43 when the cursor is unknown, 13 when it belongs to another collection */
  *next(id: Long, namespace: string, batchSize: number | undefined): Generator<undefined, Reply> {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.lastUsedMs = Date.now();
    let outcome: { batch: Value[]; done: boolean };
    try {
      outcome = yield* this.fill(cursor, batchSize || Infinity);
    } catch (error) {
      this.open.delete(id.toString());
      throw error;
    }
    if (outcome.done) this.open.delete(id.toString());
    return { cursor: { nextBatch: outcome.batch, id: outcome.done ? Long.ZERO : id, ns: namespace } };
  }

  /** @returns whether there was such a cursor */
  kill(id: Long): boolean {
    return this.open.delete(id.toString());
  }

  /** Forgets cursors that nobody has used for ten minutes. */
  expire(nowMs: number): void {
    for (const [id, cursor] of this.open) if (nowMs - cursor.lastUsedMs > IDLE_MS) this.open.delete(id);
  }

  private *fill(cursor: Cursor, size: number): Generator<undefined, { batch: Value[]; done: boolean }> {
    const batch: Value[] = [];
    let bytes = 0;
    for (;;) {
      if (batch.length >= size && size > 0) return { batch, done: this.isExhausted(cursor) };
      if (size === 0) return { batch, done: false };
      const value = cursor.pending ?? (yield* this.pull(cursor));
      if (!value) return { batch, done: true };
      cursor.pending = undefined;
      bytes += value.end - value.start + 16;
      if (bytes > BATCH_BYTES && batch.length > 0) {
        cursor.pending = value;
        return { batch, done: false };
      }
      batch.push(value);
      yield undefined;
    }
  }

  private *pull(cursor: Cursor): Generator<undefined, Value | undefined> {
    for (;;) {
      const { value, done } = cursor.results.next();
      if (done) return undefined;
      if (value) return value;
      yield undefined;
    }
  }

  /** Looks one step ahead, so that a finished query does not leave a cursor behind. */
  private isExhausted(cursor: Cursor): boolean {
    if (cursor.pending) return false;
    const { value, done } = cursor.results.next();
    if (done) return true;
    cursor.pending = value ?? undefined;
    return false;
  }
}
