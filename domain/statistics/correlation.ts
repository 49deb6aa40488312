/** Fewest pairs that a correlation is told from. */
const FEWEST_PAIRS = 3;

/**
 * Pearson's correlation of two columns over the rows where both are known (not NaN).
 * @returns -1..1; NaN with fewer than three such rows or where one column does not vary
 */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const rows = Math.min(a.length, b.length);
  let pairs = 0;
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < rows; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    pairs++;
    sumA += a[i]!;
    sumB += b[i]!;
  }
  if (pairs < FEWEST_PAIRS) return Number.NaN;
  const meanA = sumA / pairs;
  const meanB = sumB / pairs;
  let together = 0;
  let ofA = 0;
  let ofB = 0;
  for (let i = 0; i < rows; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    const offA = a[i]! - meanA;
    const offB = b[i]! - meanB;
    together += offA * offB;
    ofA += offA * offA;
    ofB += offB * offB;
  }
  if (isNothing(ofA, meanA, pairs) || isNothing(ofB, meanB, pairs)) return Number.NaN;
  return Math.min(1, Math.max(-1, together / Math.sqrt(ofA * ofB)));
}

/** A column that does not vary has rounding errors for a variance. */
const isNothing = (squares: number, mean: number, count: number): boolean =>
  squares <= (Math.abs(mean) * 1e-12) ** 2 * count || squares === 0;

/** Correlation of every column with every other: symmetric; the diagonal is 1, or NaN where a column does not vary. */
export function correlationMatrix(columns: readonly ArrayLike<number>[]): number[][] {
  const matrix = columns.map(() => new Array<number>(columns.length).fill(Number.NaN));
  for (let i = 0; i < columns.length; i++) {
    for (let j = i; j < columns.length; j++) {
      const value = correlation(columns[i]!, columns[j]!);
      matrix[i]![j] = value;
      matrix[j]![i] = value;
    }
  }
  return matrix;
}
