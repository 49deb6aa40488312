import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { decodeRecord, encodeRecord, RECORD_BYTES, type TickRecord } from '#domain/telemetry/frame.js';

/**
 * All lathes of one worker at one tick, little-endian:
 *  0 u8 version | 1 u8 0 | 2 u16 records n | 4 u32 worker instance | 8 f64 batch time, epoch ms
 * then n × (u32 epoch of the lathe + a record exactly as in a tick frame)
 */
export const TICK_BATCH_VERSION = 1;
const HEADER_BYTES = 16;
const ENTRY_BYTES = 4 + RECORD_BYTES;

/** Builds batches in one buffer that grows to the fleet's size and is then used again and again. */
export class TickBatchWriter {
  private buffer = Buffer.alloc(HEADER_BYTES + 32 * ENTRY_BYTES);
  private view = new DataView(this.buffer.buffer, this.buffer.byteOffset, this.buffer.byteLength);
  private count = 0;

  constructor(private readonly workerInstance: number) {}

  get records(): number {
    return this.count;
  }

  begin(): void {
    this.count = 0;
  }

  add(latheEpoch: number, record: TickRecord): void {
    const offset = HEADER_BYTES + this.count * ENTRY_BYTES;
    if (offset + ENTRY_BYTES > this.buffer.byteLength) this.grow();
    this.view.setUint32(offset, latheEpoch, true);
    encodeRecord(record, this.view, offset + 4);
    this.count++;
  }

  /** The finished batch; valid until the next `begin`. */
  finish(timeMs: number): Buffer {
    this.view.setUint8(0, TICK_BATCH_VERSION);
    this.view.setUint8(1, 0);
    this.view.setUint16(2, this.count, true);
    this.view.setUint32(4, this.workerInstance, true);
    this.view.setFloat64(8, timeMs, true);
    return this.buffer.subarray(0, HEADER_BYTES + this.count * ENTRY_BYTES);
  }

  private grow(): void {
    const larger = Buffer.alloc(this.buffer.byteLength * 2);
    this.buffer.copy(larger);
    this.buffer = larger;
    this.view = new DataView(larger.buffer, larger.byteOffset, larger.byteLength);
  }
}

/** Reads batches without allocating: one record object is filled again for each lathe. */
export class TickBatchReader {
  private readonly record: TickRecord = {
    latheIndex: 0,
    status: 0,
    flags: 0,
    tickNumber: 0,
    tickTimeMs: 0,
    values: new Float32Array(CHANNEL_COUNT),
  };

  /**
   * Hands over every record of `batch`; the record is only valid during the call.
   * @returns false where the bytes are no batch of this version or are cut short
   */
  forEach(batch: Buffer, visit: (record: TickRecord, latheEpoch: number, workerInstance: number) => void): boolean {
    if (batch.byteLength < HEADER_BYTES || batch[0] !== TICK_BATCH_VERSION) return false;
    const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
    const count = view.getUint16(2, true);
    if (batch.byteLength < HEADER_BYTES + count * ENTRY_BYTES) return false;
    const workerInstance = view.getUint32(4, true);
    for (let i = 0; i < count; i++) {
      const offset = HEADER_BYTES + i * ENTRY_BYTES;
      decodeRecord(view, offset + 4, CHANNEL_COUNT, this.record);
      visit(this.record, view.getUint32(offset, true), workerInstance);
    }
    return true;
  }
}

/**
 * Hands over where each record of `batch` begins and its lathe's epoch, for a reader that copies records as they are.
 * @returns the worker's instance, null where the bytes are no batch of this version or are cut short
 */
export function eachRawRecord(batch: Buffer, visit: (offset: number, latheEpoch: number) => void): number | null {
  if (batch.byteLength < HEADER_BYTES || batch[0] !== TICK_BATCH_VERSION) return null;
  const count = batch.readUInt16LE(2);
  if (batch.byteLength < HEADER_BYTES + count * ENTRY_BYTES) return null;
  for (let i = 0, at = HEADER_BYTES; i < count; i++, at += ENTRY_BYTES) visit(at + 4, batch.readUInt32LE(at));
  return batch.readUInt32LE(4);
}
