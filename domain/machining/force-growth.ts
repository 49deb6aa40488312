import { quantileOfSorted } from '../statistics/describe.js';
import { commonSlope } from '../statistics/slope.js';
import { WEAR_LIMIT_MM } from './tool-life.js';

/** Measured force and flank wear of one tool, row by row. */
export interface ForceRecord {
  tool: string;
  /** VB, mm */
  wearMm: readonly number[];
  /** in any unit */
  force: readonly number[];
}

/** Rows below this share of the median force are taken while the tool enters the work. */
const ENTRY_SHARE = 0.7;
const FEWEST_ROWS = 3;

/**
 * Growth a of a force with wear, F = F0 (1 + a VB), by least squares over the rows up to the wear limit.
 * @returns per mm of VB; NaN where wear or rows do not suffice
 */
export function forceGrowthPerMm({ wearMm, force }: ForceRecord): number {
  const sorted = [...force].sort((x, y) => x - y);
  const least = ENTRY_SHARE * quantileOfSorted(sorted, 0.5);
  const rows = wearMm
    .map((wear, i) => ({ wear, force: force[i]! }))
    .filter((row) => row.wear <= WEAR_LIMIT_MM && row.force >= least);
  if (rows.length < FEWEST_ROWS) return Number.NaN;
  const x = rows.map(({ wear }) => wear);
  const y = rows.map((row) => row.force);
  const { perX } = commonSlope([{ x, y }]);
  const sharp = mean(y) - perX * mean(x);
  return sharp > 0 ? perX / sharp : Number.NaN;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
