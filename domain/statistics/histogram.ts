import { quantileOfSorted } from './describe.js';
import { niceStep } from './nice-step.js';

/** Counts of values in bins of equal width: bin i reaches from edges[i] to edges[i + 1], the last one includes its end. */
export interface Histogram {
  edges: number[];
  counts: number[];
}

const FEWEST_BINS = 5;
const MOST_BINS = 40;

/**
 * Edges at readable numbers, of a width that the scatter asks for: 2 IQR n^(-1/3), within 5 to 40 bins.
 * @param values - NaN is passed over; at least one number
 * @see D. Freedman, P. Diaconis, On the histogram as a density estimator, Z. Wahrscheinlichkeitstheorie 57 (1981)
 */
export function binEdges(values: Iterable<number>): number[] {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const min = sorted[0];
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new RangeError('no values to put into bins');
  if (min === max) return centredOn(min);
  const spread = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const wished = (2 * spread) / Math.cbrt(sorted.length);
  const range = max - min;
  const width = niceStep(Math.min(range / FEWEST_BINS, Math.max(range / MOST_BINS, wished)));
  const first = Math.floor(min / width + 1e-9);
  const bins = Math.max(1, Math.ceil(max / width - 1e-9) - first);
  return Array.from({ length: bins + 1 }, (_, i) => Number(((first + i) * width).toPrecision(12)));
}

/** One bin around values that are all the same. */
function centredOn(value: number): number[] {
  const half = niceStep(Math.max(Math.abs(value), 1) / 20);
  return [value - half, value + half];
}

/** Counts `values` into the bins between `edges` (ascending, equally wide); what lies outside or is NaN is not counted. */
export function countInBins(values: Iterable<number>, edges: readonly number[]): Histogram {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const first = edges[0]!;
  const last = edges.at(-1)!;
  const width = (last - first) / counts.length;
  for (const value of values) {
    if (!(value >= first && value <= last)) continue;
    const bin = Math.min(counts.length - 1, Math.floor((value - first) / width + 1e-9));
    counts[bin]! += 1;
  }
  return { edges: [...edges], counts };
}
