export interface MinimumOptions {
  /** size of the first simplex along each coordinate */
  steps: readonly number[];
  /** it ends once the values at all corners lie this close together, per the best of them; default 1e-10 */
  tolerance?: number;
  /** evaluations at most; default 2000 */
  mostEvaluations?: number;
}

interface Corner {
  at: number[];
  value: number;
}

/**
 * A local minimum of a function without derivatives, by the simplex method.
 * @param f - a value that is not a number counts as infinitely bad, which keeps the search within bounds
 * @param start - coordinates to begin from
 * @see J. A. Nelder, R. Mead, A simplex method for function minimization, Computer Journal 7 (1965)
 */
export function nelderMead(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  { steps, tolerance = 1e-10, mostEvaluations = 2000 }: MinimumOptions,
): { at: number[]; value: number } {
  let evaluations = 0;
  const corner = (at: number[]): Corner => {
    evaluations++;
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const simplex = [
    corner([...start]),
    ...start.map((_, i) => corner(start.map((x, j) => (i === j ? x + steps[i]! : x)))),
  ];
  while (evaluations < mostEvaluations) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0]!;
    const worst = simplex.at(-1)!;
    const nextWorst = simplex.at(-2)!;
    if (worst.value - best.value <= tolerance * Math.abs(best.value) && diameterOf(simplex) < 1e-6) break;
    const centre = start.map((_, j) => simplex.slice(0, -1).reduce((sum, { at }) => sum + at[j]!, 0) / start.length);
    const along = (share: number) => corner(centre.map((c, j) => c + share * (worst.at[j]! - c)));

    const reflected = along(-1);
    let replacement = reflected;
    if (reflected.value < best.value) {
      const expanded = along(-2);
      if (expanded.value < reflected.value) replacement = expanded;
    } else if (reflected.value >= nextWorst.value) {
      replacement = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (replacement.value >= Math.min(reflected.value, worst.value)) {
        for (let i = 1; i < simplex.length; i++) {
          simplex[i] = corner(simplex[i]!.at.map((x, j) => best.at[j]! + (x - best.at[j]!) / 2));
        }
        continue;
      }
    }
    simplex[simplex.length - 1] = replacement;
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0]!;
}

/** Greatest distance of a corner from the first, along one coordinate, per the size of that coordinate. */
function diameterOf(simplex: readonly Corner[]): number {
  const first = simplex[0]!.at;
  return Math.max(
    ...simplex.map(({ at }) => Math.max(...at.map((x, j) => Math.abs(x - first[j]!) / (1 + Math.abs(first[j]!))))),
  );
}
