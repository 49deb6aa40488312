/** Durations that agree in so many digits are one: a percentile is told within half a thousandth of its value. */
const SIGNIFICANT_DIGITS = 4;
/** Shorter times count as this, s. */
const SHORTEST_S = 0.001;

/** How many durations there were of each length, as plain JSON: [s, count] by length. Sketches of parts add up to that of the whole. */
export type DurationSketch = [seconds: number, count: number][];

/** Counts durations in a memory that hardly grows with their number. */
export class Durations {
  private readonly counts = new Map<number, number>();
  private total = 0;

  constructor(sketch: DurationSketch = []) {
    this.merge(sketch);
  }

  get count(): number {
    return this.total;
  }

  /** @param seconds - not below 0 */
  add(seconds: number): void {
    this.addTo(Number(Math.max(SHORTEST_S, seconds).toPrecision(SIGNIFICANT_DIGITS)), 1);
  }

  merge(sketch: DurationSketch): void {
    for (const [seconds, count] of sketch) this.addTo(seconds, count);
  }

  /** Percentile by nearest rank, s; null of nothing. @param share - 0..1 */
  quantile(share: number): number | null {
    let rank = Math.max(1, Math.ceil(share * this.total));
    for (const [seconds, count] of this.sketch()) {
      rank -= count;
      if (rank <= 0) return seconds;
    }
    return null;
  }

  sketch(): DurationSketch {
    return [...this.counts].sort(([a], [b]) => a - b);
  }

  private addTo(seconds: number, count: number): void {
    this.counts.set(seconds, (this.counts.get(seconds) ?? 0) + count);
    this.total += count;
  }
}
