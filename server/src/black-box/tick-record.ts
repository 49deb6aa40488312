import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';

const FLOAT = 4;
const TIME = 8;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Ticks of one lathe: times ascending, epoch ms; for each channel one value per tick, NaN = unknown. */
export interface TickColumns {
  t: Float64Array;
  channels: Float32Array[];
}

/** Takes ticks of one lathe as they come off the stream; what an outdated worker still says of it is left out. */
export class TickRecord {
  private readonly times: number[] = [];
  private values = new Float32Array(256 * CHANNEL_COUNT);
  private latestEpoch = 0;

  /**
   * @param epoch - of the lathe: its worker's turn
   * @param at - offset of the channel values, f32 little-endian, in `batch`
   */
  add(epoch: number, tickTimeMs: number, batch: Buffer, at: number): void {
    if (epoch < this.latestEpoch) return;
    this.latestEpoch = epoch;
    // a worker that goes on from a checkpoint plays the last ticks again: its own count
    while (this.times.length > 0 && this.times.at(-1)! >= tickTimeMs) this.times.pop();
    const start = this.times.length * CHANNEL_COUNT;
    if (start + CHANNEL_COUNT > this.values.length) this.grow();
    for (let i = 0; i < CHANNEL_COUNT; i++) this.values[start + i] = batch.readFloatLE(at + FLOAT * i);
    this.times.push(tickTimeMs);
  }

  columns(): TickColumns {
    const { times, values } = this;
    const column = (channel: number) => Float32Array.from(times, (_, i) => values[i * CHANNEL_COUNT + channel]!);
    return { t: Float64Array.from(times), channels: Array.from({ length: CHANNEL_COUNT }, (_, i) => column(i)) };
  }

  private grow(): void {
    const larger = new Float32Array(2 * this.values.length);
    larger.set(this.values);
    this.values = larger;
  }
}

/** count × f64 time, then each channel as count × f32, in the byte order of the machine (little-endian), deflated. */
export async function pack({ t, channels }: TickColumns): Promise<Buffer> {
  const parts = [t, ...channels].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return deflate(Buffer.concat(parts));
}

/** @throws RangeError where the bytes do not hold `count` ticks of all channels */
export async function unpack(packed: Uint8Array, count: number): Promise<TickColumns> {
  const bytes = Uint8Array.from(await inflate(packed)); // a copy, for floats must begin where floats may
  if (bytes.length !== count * (TIME + FLOAT * CHANNEL_COUNT)) throw new RangeError(`does not hold ${count} ticks`);
  const channelAt = (i: number) => count * (TIME + FLOAT * i);
  return {
    t: new Float64Array(bytes.buffer, 0, count),
    channels: Array.from({ length: CHANNEL_COUNT }, (_, i) => new Float32Array(bytes.buffer, channelAt(i), count)),
  };
}
