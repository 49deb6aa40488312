import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { judgesReading } from '#domain/alarms/judged-quantity.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import { CHANNEL_INDEX, CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { fetchThresholds } from '../../api/alerts';
import { keys } from '../../api/keys';
import { fetchTelemetry } from '../../api/lathes';
import { pageNowMs } from '../../live/clock';
import { traces } from '../../live/live';
import { liveTicks } from '../../live/tick-buffer';
import { FIGURES } from '../../widgets/figures';
import { PageLoading } from '../../widgets/PageState';
import { Panel } from '../../widgets/Panel';
import { ReadFailure } from '../../widgets/ReadFailure';
import { ExerciseLine } from './ExerciseLine';
import { bandsOf, faultsOf, storedFaults, TruthTrail } from './faults/fault-traces';
import { useFaults } from './faults/useFaults';
import { TraceChart, type TraceChartProps } from './TraceChart';
import styles from './Traces.module.css';
import { TraceTools } from './TraceTools';
import type { TraceBand } from './trace-faults';
import { wordsAt } from './trace-marks';
import type { TraceData, TraceLimit } from './trace-plot';
import { LIVE_SPAN_MS, PRESETS, type Preset, type Stretch, type TraceView, within, zoomed } from './trace-view';
import { useTraceMarks } from './useTraceMarks';

const SHOWN: readonly ChannelName[] = [
  'rpm',
  'torque',
  'power',
  'vibration',
  'processTemperature',
  'failureProbability',
];

const POINTS = 800;
/** Readings this close together are single samples, whose times and the buckets' differ a little. */
const SAMPLED_MS = 30_000;

/** The main channels over time, from the last two minutes live to 30 days back; whatever is framed or zoomed into is read as finely as it is stored. */
export function Traces({ lathe }: { lathe: LatheDto }) {
  const [view, setView] = useState<TraceView>('live');
  const [preset, setPreset] = useState<Preset | undefined>('live');
  const live = view === 'live';
  const faults = useLiveFaults(lathe);
  usePastOf(lathe.id, faults);
  const stored = useStored(lathe.id, view);
  const limits = useLimits(lathe);
  const [openedMs] = useState(nowMs);
  const marks = useTraceMarks(lathe.id, live ? { fromMs: openedMs - LIVE_SPAN_MS, toMs: openedMs } : view);
  const readMarks = useCallback(() => marks, [marks]);
  const sources = useMemo(() => sourcesOf(live, stored.data, faults), [live, stored.data, faults]);
  const bands = useMemo(() => {
    if (live || !stored.data) return () => faults.bands;
    const past = storedFaults(stored.data).bands;
    return () => past;
  }, [live, stored.data, faults]);
  const window = useMemo<() => [number, number]>(
    () => (view === 'live' ? liveWindow : () => [view.fromMs / 1000, view.toMs / 1000]),
    [view],
  );
  const show = useCallback((next: TraceView) => {
    setView(next);
    setPreset(undefined);
  }, []);
  const stretch = useCallback((): Stretch => (view === 'live' ? lastMs(LIVE_SPAN_MS) : view), [view]);
  const select = useCallback(
    (fromS: number, toS: number) => show(within({ fromMs: 1000 * fromS, toMs: 1000 * toS }, nowMs())),
    [show],
  );
  const out = useCallback(() => show(zoomed(stretch(), 3, 0.5, nowMs())), [show, stretch]);
  const moment = useRef<HTMLParagraphElement>(null);
  const say = useCallback(
    (timeS: number | null) => {
      if (!moment.current) return;
      const words = timeS === null ? '' : wordsAt(marks, timeS);
      const text = timeS === null ? HINT : `${MOMENT.format(1000 * timeS)}${words && ` · ${words}`}`;
      if (moment.current.textContent !== text) moment.current.textContent = text;
    },
    [marks],
  );
  const choose = (next: Preset) => {
    const spanMs = PRESETS.find(({ value }) => value === next)?.spanMs ?? LIVE_SPAN_MS;
    setView(next === 'live' ? 'live' : lastMs(spanMs));
    setPreset(next);
  };
  const shared = { window, marks: readMarks, onSelect: select, onOut: out, onMoment: say };

  return (
    <Panel
      title="Traces"
      aside={<TraceTools {...{ latheId: lathe.id, preset, stretch, nowMs, onPreset: choose, onView: show }} />}
    >
      {stored.isError && !live ? (
        <ReadFailure title="The stored values could not be read" error={stored.error} onRetry={stored.refetch} />
      ) : sources ? (
        <>
          <p ref={moment} className={`${styles.moment} dim`}>
            {HINT}
          </p>
          <ExerciseLine bands={bands} {...(live ? { window: liveWindow } : {})} />
          <div className={styles.grid} aria-busy={stored.isFetching}>
            {SHOWN.map((channel) => (
              <TraceChart
                key={channel}
                latheId={lathe.id}
                channel={channel}
                limits={limits[channel] ?? NO_LIMITS}
                source={sources[channel]}
                {...shared}
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

const HINT =
  'Bars below each trace: jobs in grey, alerts in colour. Draw a frame to zoom in, double-click to zoom out.';
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hour12: false });

/** The stretch as it is stored; while another one is read, the last one stays. */
function useStored(latheId: string, view: TraceView) {
  const { fromMs, toMs } = view === 'live' ? { fromMs: 0, toMs: 0 } : view;
  return useQuery({
    queryKey: keys.telemetry(latheId, fromMs, toMs),
    queryFn: () => fetchTelemetry(latheId, { ...spanOf({ fromMs, toMs }), truth: '1' }),
    enabled: view !== 'live',
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
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
    fetchTelemetry(latheId, { ...spanOf(lastMs(LIVE_SPAN_MS)), truth: '1' })
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
    for (const { type, channel, high, priority } of data?.data ?? []) {
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
    return byChannel(() => ({ live, read: readLive, faults }));
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
  const { fromMs, toMs } = lastMs(LIVE_SPAN_MS);
  return [fromMs / 1000, toMs / 1000];
}

function readLive(channel: ChannelName): TraceData {
  const { shown } = FIGURES[channel];
  const timesS = Array.from(traces.ring.times());
  const mean = Array.from(traces.ring.column(CHANNEL_INDEX[channel]), (value) =>
    Number.isNaN(value) ? null : shown(value),
  );
  return { timesS, mean };
}

function storedData({ t, channels, resolutionMs }: TelemetryDto, channel: ChannelName): TraceData {
  const { shown } = FIGURES[channel];
  const series = channels[channel];
  const rows =
    resolutionMs < SAMPLED_MS ? rowsToDraw(t.map((_, row) => series?.mean[row] != null)) : t.map((_, row) => row);
  const convert = (values: (number | null)[] | undefined) =>
    rows.map((row) => {
      const value = values?.[row];
      return value === null || value === undefined ? null : shown(value);
    });
  return {
    timesS: rows.map((row) => (t[row] as number) / 1000),
    mean: convert(series?.mean),
    min: convert(series?.min),
    max: convert(series?.max),
  };
}

const nowMs = (): number => Math.round(pageNowMs() + liveTicks.clockOffsetMs);

function lastMs(spanMs: number): Stretch {
  const toMs = nowMs();
  return { fromMs: toMs - spanMs, toMs };
}

const spanOf = ({ fromMs, toMs }: Stretch) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  points: POINTS,
  channels: SHOWN.join(','),
});
