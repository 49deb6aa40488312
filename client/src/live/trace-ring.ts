/**
 * The last `capacity` samples of a few channels, kept contiguous and in order, so that a chart can take views without
 * copying: twice the room, and one move of the newer half when it is full.
 */
export class TraceRing {
  private readonly timesS: Float64Array;
  private readonly columns: Float64Array[];
  private end = 0;
  private start = 0;

  /** @param capacity - samples kept; @param width - channels */
  constructor(
    readonly capacity: number,
    readonly width: number,
  ) {
    this.timesS = new Float64Array(capacity * 2);
    this.columns = Array.from({ length: width }, () => new Float64Array(capacity * 2));
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Newest time in s; -Infinity when empty. */
  get newestS(): number {
    return this.length > 0 ? (this.timesS[this.end - 1] as number) : Number.NEGATIVE_INFINITY;
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
  }

  /** Appends one sample; a time that is not newer than the newest is ignored. `sample(i)` gives column i, NaN where unknown. */
  push(timeS: number, sample: (column: number) => number): void {
    if (timeS <= this.newestS) return;
    if (this.end === this.capacity * 2) this.moveDown();
    this.timesS[this.end] = timeS;
    for (let i = 0; i < this.width; i++) (this.columns[i] as Float64Array)[this.end] = sample(i);
    this.end++;
    if (this.length > this.capacity) this.start++;
  }

  /** Times in s as a view, valid until the next push. */
  times(): Float64Array {
    return this.timesS.subarray(this.start, this.end);
  }

  /** Column `i` as a view, valid until the next push. */
  column(i: number): Float64Array {
    return (this.columns[i] as Float64Array).subarray(this.start, this.end);
  }

  private moveDown(): void {
    this.timesS.copyWithin(0, this.start, this.end);
    for (const column of this.columns) column.copyWithin(0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
  }
}
