/** A slope and how well it is known. */
export interface Slope {
  /** rise of y per x; NaN where it cannot be told */
  perX: number;
  /** its standard error; NaN with too few values */
  standardError: number;
}

/**
 * The slope that several lines have in common, each with an intercept of its own (least squares within the groups).
 * @param groups - columns of equal length; rows with an unknown value (NaN) are passed over
 */
export function commonSlope(groups: readonly { x: ArrayLike<number>; y: ArrayLike<number> }[]): Slope {
  let xx = 0;
  let xy = 0;
  let yy = 0;
  let freedom = -1;
  for (const group of groups) {
    const rows = knownRows(group);
    if (rows.length === 0) continue;
    freedom += rows.length - 1;
    const meanX = rows.reduce((sum, [x]) => sum + x, 0) / rows.length;
    const meanY = rows.reduce((sum, [, y]) => sum + y, 0) / rows.length;
    for (const [x, y] of rows) {
      xx += (x - meanX) ** 2;
      xy += (x - meanX) * (y - meanY);
      yy += (y - meanY) ** 2;
    }
  }
  if (xx <= 0) return { perX: Number.NaN, standardError: Number.NaN };
  const rest = Math.max(0, yy - (xy * xy) / xx);
  return { perX: xy / xx, standardError: freedom > 0 ? Math.sqrt(rest / freedom / xx) : Number.NaN };
}

function knownRows({ x, y }: { x: ArrayLike<number>; y: ArrayLike<number> }): (readonly [number, number])[] {
  const rows: (readonly [number, number])[] = [];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (!Number.isNaN(x[i]!) && !Number.isNaN(y[i]!)) rows.push([x[i]!, y[i]!]);
  }
  return rows;
}
