import type { FaultType } from '../contract/enums.js';
import type { ChannelName } from './channels.js';
import { type ChannelSummary, mergeSummaries, summarise } from './summary.js';

/** A fault that acted while a sample was taken. */
export interface FaultLabel {
  id: string;
  type: FaultType;
  /** 0..1, with its ramp */
  severity: number;
  /** of a sensor fault */
  channel?: ChannelName;
}

/** What was done to a sample: a label for each fault that acted, and the true values of those channels whose sensor lied. */
export interface Injected {
  faults: FaultLabel[];
  /** null = unknown in truth too */
  truth: Partial<Record<ChannelName, number | null>>;
}

/** The same of a stored sample. */
export interface InjectedSample extends Injected {
  /** number of the sample */
  n: number;
  /** time of its tick, epoch ms */
  t: number;
  job: string;
}

/** Time from the first to the last sample on which a fault acted. */
export interface FaultSpan {
  id: string;
  job: string;
  type: FaultType;
  channel?: ChannelName;
  /** the greatest, 0..1 */
  severity: number;
  fromMs: number;
  toMs: number;
}

/** What a span of time holds of injected faults. */
export interface InjectedSummary {
  truth: Partial<Record<ChannelName, ChannelSummary>>;
  faults: FaultSpan[];
}

/** Spans of the faults that acted on these samples, in the order of their beginning. */
export function spansOf(samples: readonly InjectedSample[]): FaultSpan[] {
  return mergeSpans(
    samples.flatMap(({ faults, t, job }) => faults.map((label) => ({ ...label, job, fromMs: t, toMs: t }))),
  );
}

/** One span for each fault from those of its parts, in the order of their beginning. */
export function mergeSpans(parts: readonly FaultSpan[]): FaultSpan[] {
  const spans = new Map<string, FaultSpan>();
  for (const part of parts) {
    const known = spans.get(part.id);
    spans.set(
      part.id,
      known
        ? {
            ...known,
            severity: Math.max(known.severity, part.severity),
            fromMs: Math.min(known.fromMs, part.fromMs),
            toMs: Math.max(known.toMs, part.toMs),
          }
        : part,
    );
  }
  return [...spans.values()].sort((a, b) => a.fromMs - b.fromMs);
}

/** Summary of samples in any order; undefined where there is none. */
export function summariseInjected(samples: readonly InjectedSample[]): InjectedSummary | undefined {
  if (samples.length === 0) return undefined;
  const inOrder = [...samples].sort((a, b) => a.t - b.t);
  const names = new Set(inOrder.flatMap(({ truth }) => Object.keys(truth) as ChannelName[]));
  const truth: InjectedSummary['truth'] = {};
  for (const name of names) truth[name] = summarise(inOrder.map((sample) => sample.truth[name]));
  return { truth, faults: spansOf(inOrder) };
}

/** Summary of a longer span from those of its parts, in the order of time; undefined where there is none. */
export function mergeInjected(parts: readonly (InjectedSummary | undefined)[]): InjectedSummary | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  const names = new Set(known.flatMap((part) => Object.keys(part.truth) as ChannelName[]));
  const truth: InjectedSummary['truth'] = {};
  for (const name of names) truth[name] = mergeSummaries(known.flatMap((part) => part.truth[name] ?? []));
  return { truth, faults: mergeSpans(known.flatMap((part) => part.faults)) };
}
