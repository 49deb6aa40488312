/** Positions ordered by falling score; equal scores keep their order. */
function byFallingScore(scores: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i);
  return order.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** A cut between two scores and what lies above it. */
export interface Cut {
  /** lowest score that is above the cut */
  score: number;
  truePositives: number;
  falsePositives: number;
}

/** Every cut that the scores allow, from the strictest to the one that takes all; equal scores are never cut apart. */
export function cutsOf(scores: ArrayLike<number>, labels: ArrayLike<number>): Cut[] {
  const order = byFallingScore(scores);
  const cuts: Cut[] = [];
  let truePositives = 0;
  for (let i = 0; i < order.length; i++) {
    truePositives += labels[order[i]!]!;
    const score = scores[order[i]!]!;
    if (i + 1 < order.length && scores[order[i + 1]!] === score) continue;
    cuts.push({ score, truePositives, falsePositives: i + 1 - truePositives });
  }
  return cuts;
}

function count(labels: ArrayLike<number>): number {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i]!;
  return positives;
}

/** Area under the precision-recall curve as average precision: the sum of precision times gained recall; NaN without positives. */
export function prAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives = count(labels);
  if (positives === 0) return Number.NaN;
  let area = 0;
  let found = 0;
  for (const { truePositives, falsePositives } of cutsOf(scores, labels)) {
    area += ((truePositives - found) / positives) * (truePositives / (truePositives + falsePositives));
    found = truePositives;
  }
  return area;
}

/** Probability that a positive scores above a negative, equal scores counting half (Mann-Whitney); NaN with one class. */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives = count(labels);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  let pairs = 0;
  let above = { truePositives: 0, falsePositives: 0 };
  for (const cut of cutsOf(scores, labels)) {
    const found = cut.truePositives - above.truePositives;
    const tied = cut.falsePositives - above.falsePositives;
    pairs += found * (negatives - cut.falsePositives) + 0.5 * found * tied;
    above = cut;
  }
  return pairs / (positives * negatives);
}

/** Mean squared distance of probability and outcome. @see G. W. Brier, Monthly Weather Review 78 (1950) */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i]! - labels[i]!) ** 2;
  return sum / labels.length;
}

/** What was said and what came of it, for probabilities of one tenth. */
export interface ReliabilityBin {
  from: number;
  to: number;
  count: number;
  /** NaN where the bin is empty */
  meanProbability: number;
  observedShare: number;
}

const BINS = 10;

export function reliabilityBins(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = BINS,
): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, said: 0, came: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const sum = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    sum.count++;
    sum.said += probabilities[i]!;
    sum.came += labels[i]!;
  }
  return sums.map(({ count: rows, said, came }, i) => ({
    from: i / bins,
    to: (i + 1) / bins,
    count: rows,
    meanProbability: said / rows,
    observedShare: came / rows,
  }));
}

/** Expected calibration error: mean gap of said and observed share over ten bins of equal width, weighted by their rows. */
export function expectedCalibrationError(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let gaps = 0;
  for (const bin of reliabilityBins(probabilities, labels)) {
    if (bin.count > 0) gaps += bin.count * Math.abs(bin.meanProbability - bin.observedShare);
  }
  return gaps / labels.length;
}

/** Greatest recall among the cuts whose precision is at least `precision`; 0 where there is none. */
export function recallAtPrecision(scores: ArrayLike<number>, labels: ArrayLike<number>, precision: number): number {
  const positives = count(labels);
  let best = 0;
  for (const { truePositives, falsePositives } of cutsOf(scores, labels)) {
    if (truePositives / (truePositives + falsePositives) >= precision) best = Math.max(best, truePositives / positives);
  }
  return best;
}

export interface Confusion {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  /** NaN where nothing was called positive */
  precision: number;
  recall: number;
  f1: number;
}

/** What calling every score of at least `threshold` positive leads to. */
export function confusionAt(scores: ArrayLike<number>, labels: ArrayLike<number>, threshold: number): Confusion {
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  for (let i = 0; i < labels.length; i++) {
    if (scores[i]! >= threshold) {
      if (labels[i] === 1) truePositives++;
      else falsePositives++;
    } else if (labels[i] === 1) falseNegatives++;
  }
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: labels.length - truePositives - falsePositives - falseNegatives,
    precision: truePositives / (truePositives + falsePositives),
    recall: truePositives / (truePositives + falseNegatives),
    f1: (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
  };
}

/** Half-width of the window over which F1 is evened out, in cuts per positive. */
const SMOOTHING = 0.04;

/**
 * Threshold of the greatest F1. A single lucky cut does not decide: F1 is averaged over neighbouring cuts first. The threshold
 * lies half-way between the last score above the cut and the first below.
 */
export function bestThreshold(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const positives = count(labels);
  if (positives === 0) return 1;
  const cuts = cutsOf(scores, labels);
  const f1 = cuts.map(
    ({ truePositives, falsePositives }) => (2 * truePositives) / (truePositives + falsePositives + positives),
  );
  const reach = Math.floor(SMOOTHING * positives);
  let best = 0;
  let bestMean = -1;
  for (let i = 0; i < cuts.length; i++) {
    const from = Math.max(0, i - reach);
    const to = Math.min(cuts.length - 1, i + reach);
    let sum = 0;
    for (let j = from; j <= to; j++) sum += f1[j]!;
    const mean = sum / (to - from + 1);
    if (mean > bestMean) {
      bestMean = mean;
      best = i;
    }
  }
  const above = cuts[best]!.score;
  return best + 1 < cuts.length ? (above + cuts[best + 1]!.score) / 2 : above;
}

/** Mean absolute error. */
export function meanAbsoluteError(estimates: ArrayLike<number>, truths: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truths.length; i++) sum += Math.abs(estimates[i]! - truths[i]!);
  return sum / truths.length;
}

/** Share of truths within their interval, ends included. */
export function coverage(lower: ArrayLike<number>, upper: ArrayLike<number>, truths: ArrayLike<number>): number {
  let inside = 0;
  for (let i = 0; i < truths.length; i++) if (truths[i]! >= lower[i]! && truths[i]! <= upper[i]!) inside++;
  return inside / truths.length;
}
