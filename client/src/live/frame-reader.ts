import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import {
  decodeHeader,
  decodeRecord,
  FRAME_HEADER_BYTES,
  RECORD_HEADER_BYTES,
  type TickRecord,
} from '#domain/telemetry/frame.js';
import type { TickBuffer } from './tick-buffer';

/** Told of each lathe's new tick right after it was written; reads what it needs from the buffer. */
export type TickListener = (slot: number, ticks: TickBuffer) => void;

/**
 * Writes binary tick frames into a TickBuffer and follows the sequence of the topic. Records go through one scratch
 * record, so a frame costs no allocation for each lathe.
 */
export class FrameReader {
  /** the topic that is followed; frames of others are late ones of an old subscription and are dropped */
  topic: number | undefined;
  /** newest sequence of the topic in this epoch */
  sequence = 0;
  epoch: number | undefined;
  lastFrameAtMs = Number.NEGATIVE_INFINITY;
  frames = 0;
  /** frames of the sequence that never came: the server spared this page */
  sparedFrames = 0;
  onTick: TickListener | undefined;
  private readonly record: TickRecord = {
    latheIndex: 0,
    status: 0,
    flags: 0,
    tickNumber: 0,
    tickTimeMs: 0,
    values: new Float32Array(CHANNEL_COUNT).fill(Number.NaN),
  };

  constructor(private readonly ticks: TickBuffer) {}

  /** Follows another topic from its next frame on. */
  follow(topic: number | undefined): void {
    this.topic = topic;
    this.epoch = undefined;
    this.sequence = 0;
  }

  /** @returns whether the bytes were a frame of the followed topic and newer than what is known */
  read(bytes: ArrayBuffer, nowMs: number): boolean {
    const view = new DataView(bytes);
    const header = decodeHeader(view);
    if (!header) return false;
    if (this.topic !== undefined && header.topic !== this.topic) return false;
    if (header.epoch === this.epoch) {
      if (header.sequence < this.sequence) return false;
      if (header.sequence > this.sequence + 1) this.sparedFrames += header.sequence - this.sequence - 1;
    }
    this.epoch = header.epoch;
    this.sequence = header.sequence;
    this.ticks.lastSequence = header.sequence;
    this.lastFrameAtMs = nowMs;
    this.frames++;
    const stride = RECORD_HEADER_BYTES + 4 * header.channels;
    let offset = FRAME_HEADER_BYTES;
    for (let i = 0; i < header.records; i++, offset += stride) {
      decodeRecord(view, offset, header.channels, this.record);
      this.store(this.record, nowMs);
    }
    return true;
  }

  private store(record: TickRecord, nowMs: number): void {
    const { ticks } = this;
    const slot = record.latheIndex;
    if (slot >= ticks.capacity) return;
    const start = slot * CHANNEL_COUNT;
    // A keyframe may repeat the newest tick: moving it to `previous` would freeze the motion between the two.
    if (record.tickTimeMs !== ticks.latestTimeMs[slot]) {
      for (let i = start; i < start + CHANNEL_COUNT; i++) ticks.previous[i] = ticks.latest[i] as number;
      ticks.previousTimeMs[slot] = ticks.latestTimeMs[slot] as number;
    }
    for (let i = 0; i < CHANNEL_COUNT; i++) ticks.latest[start + i] = record.values[i] as number;
    ticks.latestTimeMs[slot] = record.tickTimeMs;
    ticks.receivedAtMs[slot] = nowMs;
    ticks.status[slot] = record.status;
    ticks.flags[slot] = record.flags;
    ticks.tickNumber[slot] = record.tickNumber;
    this.onTick?.(slot, ticks);
  }
}
