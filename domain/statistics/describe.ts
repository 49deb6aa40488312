/** What a set of numbers looks like; NaN where there are too few of them. */
export interface Description {
  count: number;
  mean: number;
  /** of the sample, n - 1; NaN below two values */
  standardDeviation: number;
  min: number;
  p10: number;
  median: number;
  p90: number;
  max: number;
}

/** Describes the numbers among `values`; NaN stands for unknown and is passed over. */
export function describeNumbers(values: Iterable<number>): Description {
  const sorted = Float64Array.from(known(values)).sort();
  const mean = meanOf(sorted);
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  return {
    count: sorted.length,
    mean,
    standardDeviation: sorted.length > 1 ? Math.sqrt(squares / (sorted.length - 1)) : Number.NaN,
    min: sorted[0] ?? Number.NaN,
    p10: quantileOfSorted(sorted, 0.1),
    median: quantileOfSorted(sorted, 0.5),
    p90: quantileOfSorted(sorted, 0.9),
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** Arithmetic mean of the known among `values`; NaN without any. */
export function meanOf(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of known(values)) {
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/**
 * Quantile of ascending numbers, linear between neighbours (type 7 of Hyndman and Fan, 1996); NaN without any.
 * @param share - 0..1
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (place - below) * (high - low);
}

function* known(values: Iterable<number>): Generator<number> {
  for (const value of values) if (!Number.isNaN(value)) yield value;
}
