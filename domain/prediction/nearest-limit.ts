import { FORMULAS } from './formulas.js';
import type { Model } from './model.js';

export interface NearestLimit {
  label: string;
  unit: string;
  value: number;
  /** where the training rows parted */
  limit: number;
  /** the way of failure that they parted by */
  mode: string;
}

/**
 * Of the limits that a model has learned the one that a row is nearest to, in standard deviations of its quantity; null
 * where it has learned none. Logarithms are left out: the quantity itself has a limit of its own.
 */
export function nearestLimit({ features }: Pick<Model, 'features'>, row: ArrayLike<number>): NearestLimit | null {
  let nearest: NearestLimit | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { quantity, mode, at } of features.limits) {
    const { label, unit, formula, of } = features.quantities[quantity]!;
    if (formula === 'logarithm') continue;
    const value = FORMULAS[formula](row, of);
    const distance = Math.abs(value - at) / features.spread[quantity]!;
    if (!(distance < least)) continue;
    least = distance;
    nearest = { label, unit, value, limit: at, mode };
  }
  return nearest;
}
