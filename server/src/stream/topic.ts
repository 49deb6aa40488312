import { TOPIC_RATES } from '#domain/contract/stream.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { encodeHeader, FRAME_HEADER_BYTES, FRAME_KIND, type FrameKind, RECORD_BYTES } from '#domain/telemetry/frame.js';
import { allocateMessage } from './framed-socket.js';
import type { LatestTable } from './latest-table.js';
import type { StreamClient } from './stream-client.js';

/** The fastest topic rate that is neither above the wish nor above the tick rate. */
export function topicRate(wishedHz: number, tickHz: number): number {
  return TOPIC_RATES.findLast((rate) => rate <= wishedHz && rate <= tickHz) ?? 1;
}

/** A set of lathes at a rate: one sequence of frames, each encoded once for all its clients. */
export class Topic {
  readonly clients = new Set<StreamClient>();
  sequence = 0;
  private due = 0;
  private keyframe: { sequence: number; bytes: Buffer } | null = null;

  constructor(
    readonly id: number,
    readonly hz: number,
    readonly lathes: readonly number[],
    private readonly epoch: number,
    private readonly tickHz: number,
  ) {}

  /** Called once per base period: true in those periods that carry a frame at this topic's rate. */
  isDue(): boolean {
    this.due += this.hz;
    if (this.due < this.tickHz) return false;
    this.due -= this.tickHz;
    return true;
  }

  /** Encodes the next frame of the sequence and hands the same bytes to every client. */
  produce(table: LatestTable, nowMs: number): void {
    this.sequence = (this.sequence + 1) >>> 0;
    const bytes = this.encode(FRAME_KIND.ticks, table, nowMs);
    for (const client of this.clients) client.offer(bytes, this.sequence);
  }

  /** The state as of the newest frame, for a client that joins or comes back. */
  keyframeOf(table: LatestTable, nowMs: number): Buffer {
    if (this.keyframe?.sequence !== this.sequence) {
      this.keyframe = { sequence: this.sequence, bytes: this.encode(FRAME_KIND.keyframe, table, nowMs) };
    }
    return this.keyframe.bytes;
  }

  private encode(kind: FrameKind, table: LatestTable, nowMs: number): Buffer {
    // A fresh buffer each time: the sockets may still hold the last one.
    const { message, payload } = allocateMessage(FRAME_HEADER_BYTES + this.lathes.length * RECORD_BYTES);
    const header = {
      kind,
      epoch: this.epoch,
      sequence: this.sequence,
      records: this.lathes.length,
      channels: CHANNEL_COUNT,
      serverTimeMs: nowMs,
      topic: this.id,
    };
    encodeHeader(header, new DataView(payload.buffer, payload.byteOffset, FRAME_HEADER_BYTES));
    let at = FRAME_HEADER_BYTES;
    for (const index of this.lathes) {
      table.copyRecord(index, payload, at);
      at += RECORD_BYTES;
    }
    return message;
  }
}
