import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { judgesReading } from '#domain/alarms/judged-quantity.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import { CHANNEL_INDEX, CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { fetchThresholds } from '../../api/alerts';
import { keys } from '../../api/keys';
import { fetchTelemetry } from '../../api/lathes';
import { messageOf } from '../../api/problem';
import { pageNowMs } from '../../live/clock';
import { traces } from '../../live/live';
import { liveTicks } from '../../live/tick-buffer';
import { Choice } from '../../widgets/Choice';
import { FIGURES } from '../../widgets/figures';
import { PageLoading, PageState } from '../../widgets/PageState';
import { Panel } from '../../widgets/Panel';
import { ExerciseLine } from './ExerciseLine';
import { bandsOf, faultsOf, storedFaults, TruthTrail } from './faults/fault-traces';
import { useFaults } from './faults/useFaults';
import { TraceChart, type TraceChartProps } from './TraceChart';
import styles from './Traces.module.css';
import type { TraceBand } from './trace-faults';
import type { TraceData, TraceLimit } from './trace-plot';

const SHOWN: readonly ChannelName[] = [
  'rpm',
  'torque',
  'power',
  'vibration',
  'processTemperature',
  'failureProbability',
];

const RANGES = [
  { value: 'live', label: '2 min', spanS: 120 },
  { value: '1h', label: '1 h', spanS: 3600 },
  { value: '24h', label: '24 h', spanS: 86_400 },
  { value: '7d', label: '7 d', spanS: 7 * 86_400 },
  { value: '30d', label: '30 d', spanS: 30 * 86_400 },
];
const LIVE_SPAN_S = 120;
const POINTS = 800;

/** The main channels over time: the last two minutes live, or stored data up to 30 days back. Drag to zoom into stored data. */
export function Traces({ lathe }: { lathe: LatheDto }) {
  const [range, setRange] = useState('live');
  const live = range === 'live';
  const faults = useLiveFaults(lathe);
  usePastOf(lathe.id, faults);
  const spanS = RANGES.find(({ value }) => value === range)?.spanS ?? LIVE_SPAN_S;
  const stored = useQuery({
    queryKey: keys.telemetry(lathe.id, range),
    queryFn: () => fetchTelemetry(lathe.id, { ...lastSeconds(spanS), truth: '1' }),
    enabled: !live,
    staleTime: 30_000,
  });
  const limits = useLimits(lathe);
  const sources = useMemo(() => sourcesOf(live, stored.data, faults), [live, stored.data, faults]);
  const bands = useMemo(() => {
    if (live || !stored.data) return () => faults.bands;
    const past = storedFaults(stored.data).bands;
    return () => past;
  }, [live, stored.data, faults]);

  return (
    <Panel title="Traces" aside={<Choice label="Time range" value={range} onChange={setRange} options={RANGES} />}>
      {stored.isError && !live ? (
        <PageState title="The stored values could not be read" detail={messageOf(stored.error)} />
      ) : sources ? (
        <>
          <ExerciseLine bands={bands} {...(live ? { window: liveWindow } : {})} />
          <div className={styles.grid}>
            {SHOWN.map((channel) => (
              <TraceChart
                key={channel}
                latheId={lathe.id}
                channel={channel}
                limits={limits[channel] ?? NO_LIMITS}
                source={sources[channel]}
              />
            ))}
          </div>
        </>
      ) : (
        <PageLoading what="Reading stored values" />
      )}
    </Panel>
  );
}

const NO_LIMITS: readonly TraceLimit[] = [];

interface LiveFaults {
  trail: TruthTrail;
  bands: TraceBand[];
}

/** What is known of the faults of the lathe's job, for charts that draw on a beat of their own: one object per lathe. */
function useLiveFaults(lathe: LatheDto): LiveFaults {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another lathe begins without what was known of this one
  const live = useMemo<LiveFaults>(() => ({ trail: new TruthTrail(), bands: [] }), [lathe.id]);
  const { data } = useFaults(lathe);
  useEffect(() => {
    live.bands = bandsOf(data ?? []);
    live.trail.addPresent(data ?? []);
  }, [live, data]);
  return live;
}

/** Records the lathe from now on, and fetches the two minutes before; true values of faulty sensors in any case. */
function usePastOf(latheId: string, faults: LiveFaults): void {
  useEffect(() => {
    const fresh = traces.latheId !== latheId;
    traces.watch(latheId);
    fetchTelemetry(latheId, { ...lastSeconds(LIVE_SPAN_S), truth: '1' })
      .then((past) => {
        if (traces.latheId !== latheId) return;
        const { t, channels } = past;
        faults.trail.addStored(past);
        if (!fresh) return;
        const rows = rowsToDraw(t.map((_, row) => SHOWN.some((name) => channels[name]?.mean[row] != null)));
        const times = rows.map((row) => (t[row] as number) / 1000);
        traces.prepend(times, (at, channel) => {
          const name = CHANNEL_NAMES[channel];
          return (name && channels[name]?.mean[rows[at] as number]) ?? Number.NaN;
        });
      })
      // The live values draw the chart anyway; only its past stays empty.
      .catch(() => {});
  }, [latheId, faults]);
}

/**
 * Stored samples and buckets keep slightly different time, so a single empty bucket is no gap; nor is the end, where
 * the newest samples are still on their way to the store.
 */
function rowsToDraw(known: readonly boolean[]): number[] {
  const end = known.lastIndexOf(true);
  return known.flatMap((is, row) => (row <= end && (is || !known[row - 1]) ? [row] : []));
}

/** Thresholds of the lathe's alerts, and what its drive can give at most. */
function useLimits(lathe: LatheDto): Partial<Record<ChannelName, TraceLimit[]>> {
  const { data } = useQuery({ queryKey: keys.thresholds(lathe.id), queryFn: () => fetchThresholds(lathe.id) });
  return useMemo(() => {
    const limits: Partial<Record<ChannelName, TraceLimit[]>> = {
      rpm: [{ value: lathe.limits.maxSpindleSpeed, priority: 4 }],
    };
    for (const { type, channel, high, priority } of data ?? []) {
      if (high === undefined || !judgesReading(type)) continue;
      limits[channel] = [...(limits[channel] ?? []), { value: high, priority }];
    }
    return limits;
  }, [data, lathe.limits.maxSpindleSpeed]);
}

function sourcesOf(
  live: boolean,
  stored: TelemetryDto | undefined,
  liveFaults: LiveFaults,
): Record<ChannelName, TraceChartProps['source']> | undefined {
  if (live) {
    const faults = (channel: ChannelName) =>
      faultsOf({ bands: liveFaults.bands, truth: liveFaults.trail.truth }, channel);
    return byChannel(() => ({ live, read: readLive, faults, window: liveWindow }));
  }
  if (!stored) return undefined;
  const faults = storedFaults(stored);
  return byChannel((channel) => ({ live, data: storedData(stored, channel), faults: faultsOf(faults, channel) }));
}

const byChannel = (source: (channel: ChannelName) => TraceChartProps['source']) =>
  Object.fromEntries(SHOWN.map((channel) => [channel, source(channel)])) as Record<
    ChannelName,
    TraceChartProps['source']
  >;

function liveWindow(): [number, number] {
  const nowS = (pageNowMs() + liveTicks.clockOffsetMs) / 1000;
  return [nowS - LIVE_SPAN_S, nowS];
}

function readLive(channel: ChannelName): TraceData {
  const { shown } = FIGURES[channel];
  const timesS = Array.from(traces.ring.times());
  const mean = Array.from(traces.ring.column(CHANNEL_INDEX[channel]), (value) =>
    Number.isNaN(value) ? null : shown(value),
  );
  return { timesS, mean };
}

function storedData({ t, channels }: TelemetryDto, channel: ChannelName): TraceData {
  const { shown } = FIGURES[channel];
  const series = channels[channel];
  const convert = (values: (number | null)[] | undefined) =>
    t.map((_, row) => {
      const value = values?.[row];
      return value === null || value === undefined ? null : shown(value);
    });
  return {
    timesS: t.map((ms) => ms / 1000),
    mean: convert(series?.mean),
    min: convert(series?.min),
    max: convert(series?.max),
  };
}

function lastSeconds(spanS: number) {
  const toMs = pageNowMs() + liveTicks.clockOffsetMs;
  return {
    from: new Date(toMs - spanS * 1000).toISOString(),
    to: new Date(toMs).toISOString(),
    points: POINTS,
    channels: SHOWN.join(','),
  };
}
