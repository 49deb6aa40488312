/** A label that wants a place: anchor at the middle of its lower edge, CSS px from the top left. */
export interface LabelWish {
  slot: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** higher goes first */
  rank: number;
}

export interface PlacedLabel {
  slot: number;
  /** upper left corner */
  left: number;
  top: number;
}

const GAP = 3;
/** Moves that are tried when the place over the lathe is taken, in label heights upwards and widths sideways. */
const MOVES = [
  [0, 0],
  [0, -0.55],
  [-0.35, -0.2],
  [0.35, -0.2],
  [0, -1.3],
] as const;

/**
 * Places labels so that none overlaps another and none leaves the picture; where there is no room the lower rank goes
 * without. Greedy by rank, so that what is wrong is always named.
 */
export function placeLabels(wishes: readonly LabelWish[], width: number, height: number): PlacedLabel[] {
  const placed: (PlacedLabel & { right: number; bottom: number })[] = [];
  for (const wish of [...wishes].sort((a, b) => b.rank - a.rank)) {
    for (const [sideways, up] of MOVES) {
      const left = wish.x - wish.width / 2 + sideways * wish.width;
      const top = wish.y - wish.height + up * wish.height;
      const right = left + wish.width;
      const bottom = top + wish.height;
      if (left < 2 || top < 2 || right > width - 2 || bottom > height - 2) continue;
      const free = placed.every(
        (other) =>
          left > other.right + GAP || right < other.left - GAP || top > other.bottom + GAP || bottom < other.top - GAP,
      );
      if (!free) continue;
      placed.push({ slot: wish.slot, left, top, right, bottom });
      break;
    }
  }
  return placed.map(({ slot, left, top }) => ({ slot, left, top }));
}
