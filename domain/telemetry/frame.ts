import { CHANNEL_COUNT } from './channels.js';

/**
 * Tick frame, little-endian. Header 32 bytes:
 *  0 u16 magic 0x4142 | 2 u8 version | 3 u8 kind (1 ticks, 2 keyframe) | 4 u32 epoch of the topic's producer | 8 u32 sequence
 * 12 u16 records n | 14 u16 channels c | 16 f64 server time, epoch ms | 24 u32 topic id | 28 u32 0
 * then n records of 16 + 4c bytes:
 *  0 u16 lathe index | 2 u8 status (order of LATHE_STATUSES) | 3 u8 flags | 4 u32 tick number of this job
 *  8 f64 tick time, epoch ms | 16 c × f32 channel values, NaN = unknown
 */
export const FRAME_MAGIC = 0x4142;
export const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 32;
export const RECORD_HEADER_BYTES = 16;
export const RECORD_BYTES = RECORD_HEADER_BYTES + 4 * CHANNEL_COUNT;

export const FRAME_KIND = { ticks: 1, keyframe: 2 } as const;
export type FrameKind = (typeof FRAME_KIND)[keyof typeof FRAME_KIND];

/** Bits of a record's flags byte. */
export const RECORD_FLAG = { stale: 1, faultInjected: 2, outOfDistribution: 4, locked: 8 } as const;

export interface FrameHeader {
  kind: FrameKind;
  epoch: number;
  sequence: number;
  records: number;
  channels: number;
  serverTimeMs: number;
  topic: number;
}

export interface TickRecord {
  latheIndex: number;
  /** index into LATHE_STATUSES */
  status: number;
  flags: number;
  tickNumber: number;
  tickTimeMs: number;
  /** one value per channel, in the order of CHANNELS */
  values: Float32Array;
}

/** Writes `header` into the first 32 bytes of `view` from `offset`. */
export function encodeHeader(header: FrameHeader, view: DataView, offset = 0): void {
  view.setUint16(offset, FRAME_MAGIC, true);
  view.setUint8(offset + 2, FRAME_VERSION);
  view.setUint8(offset + 3, header.kind);
  view.setUint32(offset + 4, header.epoch, true);
  view.setUint32(offset + 8, header.sequence, true);
  view.setUint16(offset + 12, header.records, true);
  view.setUint16(offset + 14, header.channels, true);
  view.setFloat64(offset + 16, header.serverTimeMs, true);
  view.setUint32(offset + 24, header.topic, true);
  view.setUint32(offset + 28, 0, true);
}

/** Writes one record of RECORD_BYTES at `offset`. */
export function encodeRecord(record: TickRecord, view: DataView, offset: number): void {
  view.setUint16(offset, record.latheIndex, true);
  view.setUint8(offset + 2, record.status);
  view.setUint8(offset + 3, record.flags);
  view.setUint32(offset + 4, record.tickNumber, true);
  view.setFloat64(offset + 8, record.tickTimeMs, true);
  for (let i = 0; i < CHANNEL_COUNT; i++) {
    view.setFloat32(offset + RECORD_HEADER_BYTES + 4 * i, record.values[i] ?? Number.NaN, true);
  }
}

/** The header of a frame, or null where the bytes are no frame of this version or are cut short. */
export function decodeHeader(view: DataView): FrameHeader | null {
  if (view.byteLength < FRAME_HEADER_BYTES) return null;
  if (view.getUint16(0, true) !== FRAME_MAGIC || view.getUint8(2) !== FRAME_VERSION) return null;
  const kind = view.getUint8(3);
  if (kind !== FRAME_KIND.ticks && kind !== FRAME_KIND.keyframe) return null;
  const records = view.getUint16(12, true);
  const channels = view.getUint16(14, true);
  if (view.byteLength < FRAME_HEADER_BYTES + records * (RECORD_HEADER_BYTES + 4 * channels)) return null;
  return {
    kind,
    epoch: view.getUint32(4, true),
    sequence: view.getUint32(8, true),
    records,
    channels,
    serverTimeMs: view.getFloat64(16, true),
    topic: view.getUint32(24, true),
  };
}

/** Decodes the record at `offset` into `out`, whose `values` hold at least as many floats as this build has channels. */
export function decodeRecord(view: DataView, offset: number, channels: number, out: TickRecord): void {
  out.latheIndex = view.getUint16(offset, true);
  out.status = view.getUint8(offset + 2);
  out.flags = view.getUint8(offset + 3);
  out.tickNumber = view.getUint32(offset + 4, true);
  out.tickTimeMs = view.getFloat64(offset + 8, true);
  const known = Math.min(channels, out.values.length);
  for (let i = 0; i < known; i++) out.values[i] = view.getFloat32(offset + RECORD_HEADER_BYTES + 4 * i, true);
}
