import { CHANNEL_INDEX, type ChannelName } from '#domain/telemetry/channels.js';
import { JUMP_MS } from './stream-clock';

/** Channels that the drawn pose is made of, in the order of a sample. */
export const POSE_CHANNELS = [
  'rpm',
  'x',
  'z',
  'workDiameter',
  'cuttingForce',
  'cuttingZoneTemperature',
  'vibration',
  'feedRate',
  'power',
  'progress',
] as const satisfies readonly ChannelName[];

export const POSE = {
  rpm: 0,
  x: 1,
  z: 2,
  workDiameter: 3,
  cuttingForce: 4,
  zoneTemperature: 5,
  vibration: 6,
  feedRate: 7,
  power: 8,
  progress: 9,
} as const;

const FIELDS = POSE_CHANNELS.length;
const CHANNEL_OF_FIELD = POSE_CHANNELS.map((name) => CHANNEL_INDEX[name]);
/** Samples kept per lathe: a delay of 1.5 periods needs three, the fourth absorbs one late frame. */
const DEPTH = 4;

/**
 * The last few ticks of every lathe, so that a pose can be read between them.
 * Times are epoch ms of the producer; nothing is allocated after construction.
 */
export class PoseHistory {
  private readonly times: Float64Array;
  private readonly values: Float32Array;

  constructor(readonly capacity: number) {
    this.times = new Float64Array(capacity * DEPTH).fill(Number.NEGATIVE_INFINITY);
    this.values = new Float32Array(capacity * DEPTH * FIELDS).fill(Number.NaN);
  }

  /** Producer's time of the newest sample, -Infinity where there is none. */
  newestMs(slot: number): number {
    return this.times[slot * DEPTH] ?? Number.NEGATIVE_INFINITY;
  }

  /**
   * Adds the tick whose channels start at `record[offset]`. A tick that is not newer than the newest is ignored, unless it
   * is so much older that the producer's clock must have been set back: then the lathe's history starts anew.
   */
  push(slot: number, timeMs: number, record: Float32Array, offset: number): void {
    const at = slot * DEPTH;
    if (this.newestMs(slot) - timeMs > JUMP_MS) this.times.fill(Number.NEGATIVE_INFINITY, at, at + DEPTH);
    else if (!(timeMs > this.newestMs(slot))) return;
    this.times.copyWithin(at + 1, at, at + DEPTH - 1);
    this.values.copyWithin((at + 1) * FIELDS, at * FIELDS, (at + DEPTH - 1) * FIELDS);
    this.times[at] = timeMs;
    for (let field = 0; field < FIELDS; field++) {
      this.values[at * FIELDS + field] = record[offset + (CHANNEL_OF_FIELD[field] ?? 0)] ?? Number.NaN;
    }
  }

  /**
   * Writes the pose at `timeMs` to `out`: linear between the two neighbouring samples, carried on along the last
   * slope for at most `extrapolateMs` beyond the newest, held after that and before the oldest.
   * @returns false where the lathe has no sample yet
   */
  sample(slot: number, timeMs: number, extrapolateMs: number, out: Float64Array): boolean {
    const at = slot * DEPTH;
    const newest = this.newestMs(slot);
    if (newest === Number.NEGATIVE_INFINITY) return false;
    const wanted = Math.min(timeMs, newest + extrapolateMs);
    let after = 0;
    while (after < DEPTH - 2 && wanted < (this.times[at + after + 1] ?? 0)) after++;
    const before = after + 1;
    const t1 = this.times[at + after] ?? 0;
    const t0 = this.times[at + before] ?? Number.NEGATIVE_INFINITY;
    const share = t0 === Number.NEGATIVE_INFINITY ? 1 : Math.max(0, (wanted - t0) / (t1 - t0));
    for (let field = 0; field < FIELDS; field++) {
      const later = this.values[(at + after) * FIELDS + field] ?? Number.NaN;
      const earlier = this.values[(at + before) * FIELDS + field] ?? Number.NaN;
      out[field] = share === 1 || Number.isNaN(earlier) ? later : earlier + (later - earlier) * share;
    }
    return true;
  }
}
