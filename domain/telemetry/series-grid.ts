import type { ChannelSummary } from './summary.js';

/** min, max and mean of each bucket; null where it holds no known value. */
export interface Series {
  min: (number | null)[];
  max: (number | null)[];
  mean: (number | null)[];
}

/** Down-samples one channel into buckets of equal length; what lies outside them is ignored. */
export class SeriesGrid {
  private readonly count: Float64Array;
  private readonly sum: Float64Array;
  private readonly min: Float64Array;
  private readonly max: Float64Array;

  constructor(
    private readonly startMs: number,
    private readonly resolutionMs: number,
    private readonly buckets: number,
  ) {
    this.count = new Float64Array(buckets);
    this.sum = new Float64Array(buckets);
    this.min = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY);
    this.max = new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY);
  }

  /** @param value - null or NaN is unknown and leaves the bucket as it is */
  addSample(tMs: number, value: number | null | undefined): void {
    if (value === null || value === undefined || Number.isNaN(value)) return;
    this.add(tMs, 1, value, value, value);
  }

  /** Adds what is known of a span that begins at `tMs` and lies within one bucket. */
  addSummary(tMs: number, summary: ChannelSummary): void {
    const { count, min, max, mean } = summary;
    if (count > 0 && min !== null && max !== null && mean !== null) this.add(tMs, count, min, max, mean * count);
  }

  series(): Series {
    const series: Series = { min: [], max: [], mean: [] };
    for (let i = 0; i < this.buckets; i++) {
      const count = this.count[i] ?? 0;
      series.min.push(count > 0 ? readable(this.min[i]!) : null);
      series.max.push(count > 0 ? readable(this.max[i]!) : null);
      series.mean.push(count > 0 ? readable(this.sum[i]! / count) : null);
    }
    return series;
  }

  private add(tMs: number, count: number, min: number, max: number, sum: number): void {
    const i = Math.floor((tMs - this.startMs) / this.resolutionMs);
    if (i < 0 || i >= this.buckets) return;
    this.count[i]! += count;
    this.sum[i]! += sum;
    if (min < this.min[i]!) this.min[i] = min;
    if (max > this.max[i]!) this.max[i] = max;
  }
}

/** Channel values come from 32-bit floats: seven digits are all they hold. */
export function readable(value: number): number {
  return Number(value.toPrecision(7));
}
