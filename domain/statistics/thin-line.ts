/** Points of a line, column by column; NaN in y is a gap. */
export interface LinePoints {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/**
 * The line with at most about `mostPoints` points that looks the same: of every stretch the first, lowest, highest and last
 * one are kept, so that no peak is lost. A gap stays a gap.
 */
export function thinLine({ x, y }: LinePoints, mostPoints: number): { x: number[]; y: number[] } {
  const length = Math.min(x.length, y.length);
  if (length <= mostPoints) return { x: Array.from(x), y: Array.from(y) };
  const stretches = Math.max(1, Math.floor(mostPoints / 4));
  const kept: number[] = [];
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * length) / stretches);
    const to = Math.floor(((s + 1) * length) / stretches);
    kept.push(...landmarks(y, from, to));
  }
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

/** Places of the first, lowest, highest, last and first unknown value of a stretch, ascending and each once. */
function landmarks(y: ArrayLike<number>, from: number, to: number): number[] {
  let lowest = -1;
  let highest = -1;
  let unknown = -1;
  for (let i = from; i < to; i++) {
    if (Number.isNaN(y[i]!)) {
      if (unknown < 0) unknown = i;
      continue;
    }
    if (lowest < 0 || y[i]! < y[lowest]!) lowest = i;
    if (highest < 0 || y[i]! > y[highest]!) highest = i;
  }
  const places = [from, lowest, highest, unknown, to - 1].filter((place) => place >= from);
  return [...new Set(places)].sort((a, b) => a - b);
}
