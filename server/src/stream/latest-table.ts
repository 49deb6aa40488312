import { RECORD_BYTES } from '#domain/telemetry/frame.js';
import { eachRawRecord } from '../realtime-bus/tick-batch.js';

/** The newest record of every lathe as wire bytes, so that a frame is put together by copying. */
export class LatestTable {
  private records = Buffer.alloc(0);
  private epochs = new Uint32Array(0);
  private receivedAt = new Float64Array(0);

  /** Number of lathe indexes that the table has room for. */
  get size(): number {
    return this.epochs.length;
  }

  resize(size: number): void {
    if (size <= this.size) return;
    const records = Buffer.alloc(size * RECORD_BYTES, 0);
    this.records.copy(records);
    const epochs = new Uint32Array(size);
    epochs.set(this.epochs);
    const receivedAt = new Float64Array(size);
    receivedAt.set(this.receivedAt);
    this.records = records;
    this.epochs = epochs;
    this.receivedAt = receivedAt;
  }

  /**
   * Takes in one worker batch. Records of an older epoch than seen before come from a worker that was replaced and are dropped.
   * @returns the worker's instance id, or null where the bytes are no batch
   */
  applyBatch(batch: Buffer, receivedAtMs: number): number | null {
    return eachRawRecord(batch, (at, epoch) => {
      const index = batch.readUInt16LE(at);
      if (index >= this.size || epoch < (this.epochs[index] ?? 0)) return;
      this.epochs[index] = epoch;
      this.receivedAt[index] = receivedAtMs;
      batch.copy(this.records, index * RECORD_BYTES, at, at + RECORD_BYTES);
    });
  }

  /** When the newest tick of a lathe came in, epoch ms; 0 for never. */
  receivedAtMs(index: number): number {
    return this.receivedAt[index] ?? 0;
  }

  /** The bytes of one lathe's record; writing to them changes the table. */
  record(index: number): Buffer {
    return this.records.subarray(index * RECORD_BYTES, (index + 1) * RECORD_BYTES);
  }

  copyRecord(index: number, target: Buffer, at: number): void {
    this.records.copy(target, at, index * RECORD_BYTES, (index + 1) * RECORD_BYTES);
  }
}
