/**
 * Shapley values of a few parts of a whole.
 * @param parts - number of parts, at most ten
 * @param worth - worth of a coalition, given as a bit set of its parts
 * @returns one value per part; they sum to worth(all) - worth(none)
 * @see L. S. Shapley, A value for n-person games (1953)
 */
export function shapleyValues(parts: number, worth: (coalition: number) => number): number[] {
  const worths = Array.from({ length: 1 << parts }, (_, coalition) => worth(coalition));
  return Array.from({ length: parts }, (_, part) => {
    const bit = 1 << part;
    let value = 0;
    for (let others = 0; others < worths.length; others++) {
      if (others & bit) continue;
      value += weightOf(sizeOf(others), parts) * (worths[others | bit]! - worths[others]!);
    }
    return value;
  });
}

/** s! (n - s - 1)! / n! */
function weightOf(size: number, parts: number): number {
  let weight = 1 / parts;
  for (let k = 1; k <= size; k++) weight *= k / (parts - k);
  return weight;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) size++;
  return size;
}
