import { logOdds } from './logistic.js';

/**
 * Bounds of a calibrated probability over scores: `lower[i]` and `upper[i]` belong to `scores[i]`, ascending.
 * @see V. Vovk, I. Petej, Venn-Abers predictors, UAI (2014)
 */
export interface ProbabilityBounds {
  scores: number[];
  lower: number[];
  upper: number[];
}

const GRID = 60;

/**
 * Inductive Venn-Abers bounds: the isotonic probabilities of a score when the new row is counted as a negative, and when it is
 * counted as a positive. The truth is calibrated in one of them; they lie wide apart where few rows like it were seen.
 * @param probabilities - on rows that were not trained on
 * @param labels - 0 or 1
 */
export function vennAbersBounds(probabilities: ArrayLike<number>, labels: ArrayLike<number>): ProbabilityBounds {
  const order = Uint32Array.from({ length: labels.length }, (_, i) => i);
  order.sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const scores = Float64Array.from(order, (i) => logOdds(probabilities[i]!, 1e-6));
  const outcomes = Float64Array.from(order, (i) => labels[i]!);
  const low = scores[0] ?? 0;
  const high = scores.at(-1) ?? 0;
  const grid = Array.from({ length: GRID }, (_, i) => low + ((high - low) * i) / (GRID - 1));
  return {
    scores: grid,
    lower: grid.map((score) => isotonicWith(scores, outcomes, score, 0)),
    upper: grid.map((score) => isotonicWith(scores, outcomes, score, 1)),
  };
}

/** Isotonic value at `score` after a row with that score and outcome has been added (pool adjacent violators). */
function isotonicWith(scores: Float64Array, outcomes: Float64Array, score: number, outcome: number): number {
  const sums: number[] = [];
  const counts: number[] = [];
  const lasts: number[] = [];
  let own = -1;
  const add = (value: number, at: number): void => {
    let sum = value;
    let members = 1;
    while (sums.length > 0 && sums.at(-1)! / counts.at(-1)! >= sum / members) {
      sum += sums.pop()!;
      members += counts.pop()!;
      lasts.pop();
    }
    sums.push(sum);
    counts.push(members);
    lasts.push(at);
  };
  let position = 0;
  for (let i = 0; i <= scores.length; i++) {
    if (own < 0 && (i === scores.length || scores[i]! >= score)) {
      own = position++;
      add(outcome, own);
    }
    if (i < scores.length) add(outcomes[i]!, position++);
  }
  const block = lasts.findIndex((last) => last >= own);
  return sums[block]! / counts[block]!;
}

/** The bounds at a probability, linear between grid points; they always include the probability itself. */
export function boundsAt(bounds: ProbabilityBounds, probability: number): [lower: number, upper: number] {
  const { scores, lower, upper } = bounds;
  const last = scores.length - 1;
  const low = scores[0]!;
  const width = (scores[last]! - low) / last;
  const place = width > 0 ? Math.min(last, Math.max(0, (logOdds(probability, 1e-6) - low) / width)) : 0;
  const i = Math.min(last, Math.floor(place));
  const j = Math.min(last, i + 1);
  const t = place - i;
  const from = lower[i]! + t * (lower[j]! - lower[i]!);
  const to = upper[i]! + t * (upper[j]! - upper[i]!);
  return [Math.min(probability, from), Math.max(probability, to)];
}
