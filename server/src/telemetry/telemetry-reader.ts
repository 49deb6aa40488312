import { Injectable } from '@nestjs/common';
import type { SensorSampleDto } from '#domain/contract/telemetry.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import type { FaultSpan, InjectedSample, InjectedSummary } from '#domain/telemetry/injected.js';
import { summariseInjected } from '#domain/telemetry/injected.js';
import { MINUTE_MS, pickResolution, type Resolution } from '#domain/telemetry/resolution.js';
import { readable, type Series, SeriesGrid } from '#domain/telemetry/series-grid.js';
import { AppConfig } from '../config/config.js';
import type { BucketDocument } from './bucket.schema.js';
import { BucketsRepository } from './buckets.repository.js';
import { InjectedSeries } from './injected-series.js';
import { type Rollup, summariesOf } from './rollup.js';
import { RollupsRepository } from './rollups.repository.js';

const KELVIN_AT_ZERO_C = 273.15;
const SENSOR_CHANNELS = [
  'rpm',
  'processTemperature',
  'torque',
  'vibration',
  'power',
  'toolWear',
  'failureProbability',
] as const satisfies ChannelName[];
/** Far more than can wait between two sweeps of the summing-up. */
const MAX_UNROLLED = 2000;

export interface SeriesQuery {
  latheId: string;
  fromMs: number;
  toMs: number;
  points: number;
  channels: readonly ChannelName[];
  /** true values of faulty channels and the spans of injected faults too */
  truth?: boolean;
}

export interface SeriesAnswer {
  resolutionMs: number;
  /** start of each bucket, epoch ms */
  t: number[];
  channels: Record<string, Series>;
  truth?: Record<string, Series>;
  faults?: FaultSpan[];
}

type Grids = Map<ChannelName, SeriesGrid>;

/** Where the parts of a series go. */
interface Sink {
  grids: Grids;
  injected: InjectedSeries;
}

type FreshMinute = Pick<Rollup, 'start' | 'channels'> & { injected?: InjectedSummary };

/** Questions about stored telemetry. */
@Injectable()
export class TelemetryReader {
  constructor(
    private readonly buckets: BucketsRepository,
    private readonly rollups: RollupsRepository,
    private readonly config: AppConfig,
  ) {}

  /** The newest samples between two times, both included, newest first. */
  async newestSamples(
    latheId: string,
    fromMs: number,
    toMs: number,
    limit: number,
    withTruth = false,
  ): Promise<SensorSampleDto[]> {
    const found: SensorSampleDto[] = [];
    for await (const bucket of this.buckets.newestFirst(latheId, fromMs, toMs + 1, SENSOR_CHANNELS)) {
      const injected = new Map(withTruth ? bucket.injected?.map((each) => [each.n, each]) : []);
      const order = bucket.t.map((_, i) => i).sort((a, b) => bucket.t[b]! - bucket.t[a]!);
      for (const i of order) {
        const tMs = bucket.t[i]!;
        if (tMs < fromMs || tMs > toMs) continue;
        const told = withTruth ? truthOf(injected.get(bucket.n[i]!)) : {};
        found.push({ ...sampleOf(bucket, i), ...told });
        if (found.length === limit) return found;
      }
    }
    return found;
  }

  /** Channels over a span, down-sampled to what can be shown and read quickly. */
  async series(query: SeriesQuery): Promise<SeriesAnswer> {
    const { fromMs, toMs, points, channels } = query;
    const resolution = pickResolution(fromMs, toMs, points, this.config.sensorIntervalS * 1000);
    const { resolutionMs, startMs, buckets, levelMs } = resolution;
    const grid = () => new SeriesGrid(startMs, resolutionMs, buckets);
    const grids: Grids = new Map(channels.map((name) => [name, grid()]));
    const injected = new InjectedSeries(channels, grid, { fromMs: startMs, toMs: endOf(resolution) });
    const sink = { grids, injected };
    if (levelMs === null) await this.addSamples(query, resolution, sink);
    else await this.addSummaries(query, resolution, levelMs, sink);
    return {
      resolutionMs,
      t: Array.from({ length: buckets }, (_, i) => startMs + i * resolutionMs),
      channels: Object.fromEntries([...grids].map(([name, grid]) => [name, grid.series()])),
      ...(query.truth ? { truth: injected.truth(), faults: injected.faults() } : {}),
    };
  }

  private async addSamples({ latheId, channels }: SeriesQuery, resolution: Resolution, sink: Sink): Promise<void> {
    const endMs = endOf(resolution);
    for await (const bucket of this.buckets.oldestFirst(latheId, resolution.startMs, endMs, channels)) {
      for (const [name, grid] of sink.grids) {
        const values = bucket.channels?.[name];
        for (const [i, tMs] of bucket.t.entries()) grid.addSample(tMs, values?.[i]);
      }
      if (bucket.injected) sink.injected.addSamples(bucket.injected);
    }
  }

  private async addSummaries(query: SeriesQuery, resolution: Resolution, levelMs: number, sink: Sink): Promise<void> {
    const { latheId, channels } = query;
    const [fromMs, toMs] = [resolution.startMs, endOf(resolution)];
    const [rollups, fresh] = await Promise.all([
      this.rollups.list(latheId, levelMs, fromMs, toMs, channels),
      this.notSummedUp(latheId, fromMs, toMs),
    ]);
    for (const { start, channels: summaries, injected } of [...rollups, ...fresh]) {
      for (const [name, grid] of sink.grids) {
        const summary = summaries?.[name];
        if (summary) grid.addSummary(start.getTime(), summary);
      }
      if (injected) sink.injected.addSummary(start.getTime(), injected);
    }
  }

  /** Minutes that no summary holds yet, mostly the present one. */
  private async notSummedUp(latheId: string, fromMs: number, toMs: number): Promise<FreshMinute[]> {
    const unrolled = await this.buckets.listUnrolled({ latheId, fromMs, toMs }, MAX_UNROLLED);
    const minutes = unrolled.map((bucket) => bucket.minute);
    const summedUp = await this.rollups.startsAmong(latheId, MINUTE_MS, minutes);
    const fresh = unrolled.filter(({ minute }) => !summedUp.has(minute.getTime()));
    return fresh.map((bucket) => {
      const injected = summariseInjected(bucket.injected ?? []);
      return { start: bucket.minute, channels: summariesOf(bucket), ...(injected ? { injected } : {}) };
    });
  }
}

function endOf({ startMs, buckets, resolutionMs }: Resolution): number {
  return startMs + buckets * resolutionMs;
}

/** Labels and true values in the names and units of a sensor sample. */
function truthOf(sample: InjectedSample | undefined): Pick<SensorSampleDto, 'faults' | 'truth'> {
  const truth = sample?.truth ?? {};
  const told: [string, number | null][] = [];
  for (const [name, [as, convert]] of Object.entries(SENSOR_NAMES)) {
    const value = truth[name as ChannelName];
    if (value !== undefined) told.push([as, value === null ? null : readable(convert(value))]);
  }
  return { faults: sample?.faults ?? [], truth: Object.fromEntries(told) };
}

const asIs = (value: number) => value;
const SENSOR_NAMES: Record<(typeof SENSOR_CHANNELS)[number], [as: string, convert: (value: number) => number]> = {
  rpm: ['rpm', asIs],
  processTemperature: ['temperature', (kelvin) => kelvin - KELVIN_AT_ZERO_C],
  torque: ['torque', asIs],
  vibration: ['vibration', asIs],
  power: ['power', asIs],
  toolWear: ['tool_wear', asIs],
  failureProbability: ['failure_probability', asIs],
};

function sampleOf({ t, job, channels }: BucketDocument, i: number): SensorSampleDto {
  const value = (name: ChannelName): number | null => {
    const stored = channels[name]?.[i];
    return stored === undefined || stored === null ? null : readable(stored);
  };
  const kelvin = value('processTemperature');
  return {
    timestamp: new Date(t[i]!).toISOString(),
    rpm: value('rpm'),
    temperature: kelvin === null ? null : readable(kelvin - KELVIN_AT_ZERO_C),
    torque: value('torque'),
    vibration: value('vibration'),
    power: value('power'),
    tool_wear: value('toolWear'),
    failure_probability: value('failureProbability'),
    job_id: job[i] || null,
  };
}
