/** Where a quantity parts failures from the rest, and how well. */
export interface SplitPoint {
  at: number;
  /** share of the Gini impurity that the split takes away, 0..1 */
  gain: number;
}

/** Rows that must lie on each side. */
const FEWEST_ROWS = 20;

const impurity = (positives: number, rows: number): number => (rows > 0 ? 2 * positives * (1 - positives / rows) : 0);

/**
 * The best single split of a quantity: a decision tree of one level.
 * @param rows - positions of the rows to look at
 * @returns null where no split takes away anything
 */
export function bestSplit(
  values: ArrayLike<number>,
  labels: ArrayLike<number>,
  rows: ArrayLike<number>,
): SplitPoint | null {
  const order = Uint32Array.from(rows).sort((a, b) => values[a]! - values[b]! || a - b);
  let positives = 0;
  for (const row of order) positives += labels[row]!;
  const whole = impurity(positives, order.length);
  if (whole === 0) return null;
  let best: SplitPoint | null = null;
  let below = 0;
  for (let i = 0; i + 1 < order.length; i++) {
    below += labels[order[i]!]!;
    const here = values[order[i]!]!;
    const next = values[order[i + 1]!]!;
    const left = i + 1;
    if (here === next || left < FEWEST_ROWS || order.length - left < FEWEST_ROWS) continue;
    const gain = 1 - (impurity(below, left) + impurity(positives - below, order.length - left)) / whole;
    if (gain > (best?.gain ?? 0)) best = { at: (here + next) / 2, gain };
  }
  return best;
}

/** Least gain of a first split and of one in a half that the first has made. */
const LEAST_GAIN = 0.03;
const LEAST_SECOND_GAIN = 0.05;

/** Split points of a tree of up to two levels over one quantity, the first one first. */
export function splitsOf(values: ArrayLike<number>, labels: ArrayLike<number>, rows: ArrayLike<number>): SplitPoint[] {
  const first = bestSplit(values, labels, rows);
  if (!first || first.gain < LEAST_GAIN) return [];
  const found = [first];
  const all = Array.from(rows);
  for (const half of [all.filter((row) => values[row]! <= first.at), all.filter((row) => values[row]! > first.at)]) {
    const second = bestSplit(values, labels, half);
    if (second && second.gain >= LEAST_SECOND_GAIN) found.push(second);
  }
  return found;
}
