/** From `fromMs` on and before `toMs`, epoch ms. */
export interface Interval {
  fromMs: number;
  toMs: number;
}

/** Union of intervals in the order of time; what touches becomes one, what is empty is left out. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const union: Interval[] = [];
  for (const { fromMs, toMs } of [...intervals].sort((a, b) => a.fromMs - b.fromMs)) {
    if (toMs <= fromMs) continue;
    const last = union.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else union.push({ fromMs, toMs });
  }
  return union;
}

/** What two unions (each merged) have in common. */
export function common(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const shared: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    const fromMs = Math.max(left.fromMs, right.fromMs);
    const toMs = Math.min(left.toMs, right.toMs);
    if (toMs > fromMs) shared.push({ fromMs, toMs });
    if (left.toMs < right.toMs) i++;
    else j++;
  }
  return shared;
}

/** What is left of one union without another (each merged). */
export function without(whole: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let j = 0;
  for (const { fromMs, toMs } of whole) {
    let atMs = fromMs;
    while (j < holes.length && holes[j]!.toMs <= fromMs) j++;
    for (let k = j; k < holes.length && holes[k]!.fromMs < toMs; k++) {
      if (holes[k]!.fromMs > atMs) left.push({ fromMs: atMs, toMs: holes[k]!.fromMs });
      atMs = Math.max(atMs, holes[k]!.toMs);
    }
    if (atMs < toMs) left.push({ fromMs: atMs, toMs });
  }
  return left;
}

/** Time that a union (merged) and an interval have in common, ms. */
export function overlapMs(union: readonly Interval[], { fromMs, toMs }: Interval): number {
  let sum = 0;
  for (let i = firstEndingAfter(union, fromMs); i < union.length && union[i]!.fromMs < toMs; i++) {
    sum += Math.min(toMs, union[i]!.toMs) - Math.max(fromMs, union[i]!.fromMs);
  }
  return sum;
}

export const lengthMs = (union: readonly Interval[]): number =>
  union.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** Whether a moment lies in a union (merged). */
export function covers(union: readonly Interval[], atMs: number): boolean {
  const interval = union[firstEndingAfter(union, atMs)];
  return interval !== undefined && interval.fromMs <= atMs;
}

function firstEndingAfter(union: readonly Interval[], atMs: number): number {
  let [low, high] = [0, union.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (union[middle]!.toMs > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
