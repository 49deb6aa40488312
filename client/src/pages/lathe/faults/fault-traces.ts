import type { FaultDto } from '#domain/contract/fault.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../../widgets/figures';
import type { TraceBand, TraceTruth } from '../trace-faults';
import { FAULT_WORDS } from './fault-words';

/** What the traces show of injected faults: a band for each span, and the true values of faulty channels. */
export interface FaultTraces {
  bands: TraceBand[];
  truth: Partial<Record<ChannelName, TraceTruth>>;
}

export const NO_FAULTS: FaultTraces = { bands: [], truth: {} };

/** Points of truth further apart than this were not taken in one go, and no line joins them. */
const GAP_S = 12;
/** How far back the live traces can show. */
const KEPT_S = 300;

/** Bands of the job's faults; one that acts reaches to the end of the trace. */
export function bandsOf(faults: readonly FaultDto[]): TraceBand[] {
  return faults.flatMap(({ type, channel, startedAt, endedAt }) => {
    if (!startedAt) return [];
    const toS = endedAt ? Date.parse(endedAt) / 1000 : Number.POSITIVE_INFINITY;
    return [{ fromS: Date.parse(startedAt) / 1000, toS, words: wordsOf(type, channel) }];
  });
}

/** The same of stored telemetry that was asked for with the truth. */
export function storedFaults({ t, resolutionMs, truth = {}, faults = [] }: TelemetryDto): FaultTraces {
  const timesS = t.map((ms) => ms / 1000);
  return {
    bands: faults.map(({ type, channel, fromMs, toMs }) => ({
      fromS: Math.floor(fromMs / resolutionMs) * (resolutionMs / 1000),
      toS: Math.max(toMs, fromMs + resolutionMs) / 1000,
      words: wordsOf(type, channel),
    })),
    truth: Object.fromEntries(
      Object.entries(truth).map(([channel, { mean }]) => [
        channel,
        { timesS, values: mean.map((value) => shown(channel as ChannelName, value)) },
      ]),
    ),
  };
}

const wordsOf = (type: FaultDto['type'], channel: string | undefined): string =>
  channel ? `${FAULT_WORDS[type].name} (${FIGURES[channel as ChannelName]?.label ?? channel})` : FAULT_WORDS[type].name;

const shown = (channel: ChannelName, value: number | null): number | null =>
  value === null ? null : FIGURES[channel].shown(value);

/** True values of faulty channels as they become known, kept as long as the live traces reach back. */
export class TruthTrail {
  private readonly trails = new Map<ChannelName, { timesS: number[]; values: (number | null)[] }>();

  /** Adds what the stored past knows; only before anything newer was added. */
  addStored({ t, truth = {} }: TelemetryDto): void {
    for (const [channel, { mean }] of Object.entries(truth)) {
      for (const [row, value] of mean.entries()) {
        if (value !== null) this.add(channel as ChannelName, t[row]! / 1000, value);
      }
    }
  }

  /** Adds what the faults of the job tell of the moment. */
  addPresent(faults: readonly FaultDto[]): void {
    for (const { channel, truth, measuredAt, state } of faults) {
      if (state !== 'active' || channel === undefined || truth == null || !measuredAt) continue;
      this.add(channel as ChannelName, Date.parse(measuredAt) / 1000, truth);
    }
  }

  of(channel: ChannelName): TraceTruth | undefined {
    return this.trails.get(channel);
  }

  private add(channel: ChannelName, timeS: number, value: number): void {
    const trail = this.trails.get(channel) ?? { timesS: [], values: [] };
    this.trails.set(channel, trail);
    const last = trail.timesS.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (timeS <= last) return;
    if (timeS - last > GAP_S && trail.timesS.length > 0) {
      trail.timesS.push(last + 1e-3);
      trail.values.push(null);
    }
    trail.timesS.push(timeS);
    trail.values.push(shown(channel, value));
    const old = trail.timesS.findIndex((each) => each >= timeS - KEPT_S);
    if (old > 0) {
      trail.timesS.splice(0, old);
      trail.values.splice(0, old);
    }
  }
}
