import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';

/**
 * The two newest ticks of every lathe, in typed arrays that the scene and the traces read in their frame loops.
 * Slot = lathe index of the wire. `previous` and `latest` hold CHANNEL_COUNT floats a slot; times are epoch ms of the
 * producer, `receivedAtMs` is this page's clock. Nothing here is React state: ticks never cause a render.
 */
export class TickBuffer {
  capacity = 0;
  previous = new Float32Array(0);
  latest = new Float32Array(0);
  previousTimeMs = new Float64Array(0);
  latestTimeMs = new Float64Array(0);
  receivedAtMs = new Float64Array(0);
  /** index into LATHE_STATUSES */
  status = new Uint8Array(0);
  /** RECORD_FLAG bits */
  flags = new Uint8Array(0);
  tickNumber = new Uint32Array(0);
  /** newest sequence received, any topic */
  lastSequence = 0;
  /** estimate of server clock minus this page's clock, ms */
  clockOffsetMs = 0;
  private readonly slots = new Map<string, number>();

  /** Makes room for the fleet of a `hello`; keeps what is known of lathes that stay. */
  setFleet(lathes: readonly { index: number; id: string }[]): void {
    this.slots.clear();
    let size = 0;
    for (const { index, id } of lathes) {
      this.slots.set(id, index);
      size = Math.max(size, index + 1);
    }
    if (size > this.capacity) this.grow(size);
  }

  /** Slot of a lathe, or -1 where the stream does not know it. */
  slotOf(latheId: string): number {
    return this.slots.get(latheId) ?? -1;
  }

  ids(): IterableIterator<string> {
    return this.slots.keys();
  }

  /** Newest value of a channel; NaN where unknown. */
  value(slot: number, channel: ChannelName): number {
    return this.latest[slot * CHANNEL_COUNT + CHANNEL_INDEX[channel]] ?? Number.NaN;
  }

  private grow(size: number): void {
    const floats = (old: Float32Array) => {
      const grown = new Float32Array(size * CHANNEL_COUNT).fill(Number.NaN);
      grown.set(old);
      return grown;
    };
    const doubles = (old: Float64Array) => {
      const grown = new Float64Array(size);
      grown.set(old);
      return grown;
    };
    const bytes = (old: Uint8Array) => {
      const grown = new Uint8Array(size);
      grown.set(old);
      return grown;
    };
    this.previous = floats(this.previous);
    this.latest = floats(this.latest);
    this.previousTimeMs = doubles(this.previousTimeMs);
    this.latestTimeMs = doubles(this.latestTimeMs);
    this.receivedAtMs = doubles(this.receivedAtMs);
    this.status = bytes(this.status);
    this.flags = bytes(this.flags);
    const ticks = new Uint32Array(size);
    ticks.set(this.tickNumber);
    this.tickNumber = ticks;
    this.capacity = size;
  }
}

/** The page's one buffer. */
export const liveTicks = new TickBuffer();
