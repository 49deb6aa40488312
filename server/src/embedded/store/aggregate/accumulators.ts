import { compareValues } from '../bson/compare.js';
import { orderKey } from '../bson/order-key.js';
import type { Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';

/** Takes the values of one group in turn and tells the result. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** Accumulators that need no more than their running result. The others are left to the expression library. */
export const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: () => {
    let sum = 0;
    return {
      add: (value) => {
        if (typeof value === 'number') sum += value;
      },
      result: () => sum,
    };
  },
  $count: () => {
    let count = 0;
    return { add: () => count++, result: () => count };
  },
  $avg: () => {
    let sum = 0;
    let count = 0;
    return {
      add: (value) => {
        if (typeof value !== 'number') return;
        sum += value;
        count++;
      },
      result: () => (count > 0 ? sum / count : null),
    };
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => {
    let first: unknown;
    let seen = false;
    return {
      add: (value) => {
        if (!seen) first = value;
        seen = true;
      },
      result: () => first ?? null,
    };
  },
  $last: () => {
    let last: unknown;
    return {
      add: (value) => {
        last = value;
      },
      result: () => last ?? null,
    };
  },
  $push: () => {
    const all: unknown[] = [];
    return {
      add: (value) => {
        if (value !== undefined) all.push(value);
      },
      result: () => all,
    };
  },
  $addToSet: () => {
    const all = new Map<string, unknown>();
    return {
      add: (value) => {
        if (value !== undefined) all.set(orderKey(encodeValue(value)).toString('latin1'), value);
      },
      result: () => [...all.values()],
    };
  },
  $mergeObjects: () => {
    const merged: Record<string, unknown> = {};
    return {
      add: (value) => {
        if (typeof value === 'object' && value !== null) Object.assign(merged, value);
      },
      result: () => merged,
    };
  },
  $stdDevPop: () => deviation(0),
  $stdDevSamp: () => deviation(1),
};

/** Least or greatest in BSON order, leaving null and missing out. */
function extreme(wanted: -1 | 1): Accumulator {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      const encoded = encodeValue(value);
      if (!best || Math.sign(compareValues(encoded, best)) === wanted) best = encoded;
    },
    result: () => best ?? null,
  };
}

/** Welford's running variance. @see B. P. Welford, Technometrics 4 (1962) */
function deviation(lostDegrees: number): Accumulator {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add: (value) => {
      if (typeof value !== 'number') return;
      count++;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    },
    result: () => (count > lostDegrees ? Math.sqrt(squares / (count - lostDegrees)) : null),
  };
}
