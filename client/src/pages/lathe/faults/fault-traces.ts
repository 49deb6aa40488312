import type { FaultDto } from '#domain/contract/fault.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../../widgets/figures';
import type { TraceBand, TraceFaults, TraceTruth } from '../trace-faults';
import { FAULT_WORDS } from './fault-words';

/** What the traces show of injected faults: a band for each span, and the true values of faulty channels. */
export interface FaultTraces {
  bands: TraceBand[];
  truth: Partial<Record<ChannelName, TraceTruth>>;
}

/** Points of truth further apart than this were not taken in one go, and no line joins them. */
const GAP_S = 12;
/** How far back the live traces can show. */
const KEPT_S = 300;

/** Bands of the job's faults; one that acts reaches to the end of the trace. */
export function bandsOf(faults: readonly FaultDto[]): TraceBand[] {
  return faults.flatMap(({ type, channel, startedAt, endedAt }) => {
    if (!startedAt) return [];
    const toS = endedAt ? Date.parse(endedAt) / 1000 : Number.POSITIVE_INFINITY;
    return [{ fromS: Date.parse(startedAt) / 1000, toS, ...about(type, channel) }];
  });
}

/** The same of stored telemetry that was asked for with the truth. */
export function storedFaults({ t, resolutionMs, truth = {}, faults = [] }: TelemetryDto): FaultTraces {
  const timesS = t.map((ms) => ms / 1000);
  return {
    bands: faults.map(({ type, channel, fromMs, toMs }) => ({
      fromS: Math.floor(fromMs / resolutionMs) * (resolutionMs / 1000),
      toS: Math.max(toMs, fromMs + resolutionMs) / 1000,
      ...about(type, channel),
    })),
    truth: Object.fromEntries(
      Object.entries(truth).map(([channel, { mean }]) => [
        channel,
        { timesS, values: mean.map((value) => shown(channel as ChannelName, value)) },
      ]),
    ),
  };
}

const about = (type: FaultDto['type'], channel: string | undefined): Pick<TraceBand, 'words' | 'channel'> => ({
  words: FAULT_WORDS[type].name,
  ...(channel ? { channel: channel as ChannelName } : {}),
});

/** What the chart of one channel shows: faults of the machine, and those of its own sensor. */
export function faultsOf({ bands, truth }: FaultTraces, channel: ChannelName): TraceFaults {
  return { bands: bands.filter((band) => (band.channel ?? channel) === channel), truth: truth[channel] };
}

/** Names of the faults, in one line for all charts; undefined where there is none. */
export function exerciseWords(bands: readonly TraceBand[]): string | undefined {
  return bands.length === 0 ? undefined : [...new Set(bands.map(({ words }) => words))].join(', ');
}

const shown = (channel: ChannelName, value: number | null): number | null =>
  value === null ? null : FIGURES[channel].shown(value);

/** True values of faulty channels as they become known, kept as long as the live traces reach back. */
export class TruthTrail {
  private readonly known = new Map<ChannelName, Map<number, number>>();
  private readonly lines: Partial<Record<ChannelName, TraceTruth>> = {};

  /** Lines of the channels, in the order of time and parted where nothing was known. */
  get truth(): Readonly<Partial<Record<ChannelName, TraceTruth>>> {
    return this.lines;
  }

  /** Adds what the stored past knows. */
  addStored({ t, truth = {} }: TelemetryDto): void {
    for (const [channel, { mean }] of Object.entries(truth)) {
      for (const [row, value] of mean.entries()) {
        if (value !== null) this.add(channel as ChannelName, t[row]! / 1000, value);
      }
      this.draw(channel as ChannelName);
    }
  }

  /** Adds what the faults of the job tell of the moment. */
  addPresent(faults: readonly FaultDto[]): void {
    for (const { channel, truth, measuredAt, state } of faults) {
      if (state !== 'active' || channel === undefined || truth == null || !measuredAt) continue;
      this.add(channel as ChannelName, Date.parse(measuredAt) / 1000, truth);
      this.draw(channel as ChannelName);
    }
  }

  private add(channel: ChannelName, timeS: number, value: number): void {
    const points = this.known.get(channel) ?? new Map<number, number>();
    this.known.set(channel, points.set(timeS, FIGURES[channel].shown(value)));
  }

  private draw(channel: ChannelName): void {
    const points = this.known.get(channel) ?? new Map<number, number>();
    const inOrder = [...points].sort(([a], [b]) => a - b);
    const newestS = inOrder.at(-1)?.[0] ?? 0;
    const timesS: number[] = [];
    const values: (number | null)[] = [];
    for (const [timeS, value] of inOrder) {
      if (timeS < newestS - KEPT_S) {
        points.delete(timeS);
        continue;
      }
      const last = timesS.at(-1);
      if (last !== undefined && timeS - last > GAP_S) {
        timesS.push(last);
        values.push(null);
      }
      timesS.push(timeS);
      values.push(value);
    }
    this.lines[channel] = { timesS, values };
  }
}
