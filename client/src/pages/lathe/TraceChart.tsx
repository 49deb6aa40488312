import 'uplot/dist/uPlot.min.css';
import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../widgets/figures';
import { LiveValue } from '../../widgets/LiveValue';
import styles from './Traces.module.css';
import { sensorFaultInView, type TraceFaults } from './trace-faults';
import type { TraceMark } from './trace-marks';
import { createTracePlot, setTraceData, type TraceData, type TraceLimit } from './trace-plot';

export interface TraceChartProps {
  latheId: string;
  channel: ChannelName;
  limits: readonly TraceLimit[];
  /** time that is shown, s since the epoch */
  window: () => [number, number];
  marks: () => readonly TraceMark[];
  onSelect: (fromS: number, toS: number) => void;
  onOut: () => void;
  /** called with the time under the cursor of any of the charts */
  onMoment: (timeS: number | null) => void;
  /** live: called on every beat and drawn as a moving window; stored: constant until another range is chosen */
  source:
    | {
        live: true;
        read: (channel: ChannelName) => TraceData;
        faults: (channel: ChannelName) => TraceFaults;
      }
    | { live: false; data: TraceData; faults: TraceFaults };
}

const LIVE_BEAT_MS = 250;

/** One channel over time: name, newest value, limit, and the value under the cursor. */
export function TraceChart(props: TraceChartProps) {
  const { latheId, channel, limits, source, window, marks, onSelect, onOut, onMoment } = props;
  const host = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLSpanElement>(null);
  const exercise = useRef<HTMLSpanElement>(null);
  const { colorScheme } = useMantineColorScheme();
  const figure = FIGURES[channel];

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme is no value here, but the canvas must be drawn anew in its colours
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const plot = createTracePlot(element, {
      channel,
      limits,
      ...{ window, marks, onSelect, onOut, live: source.live },
      onCursor: (value, timeS) => {
        onMoment(timeS);
        if (!cursor.current) return;
        cursor.current.textContent = value === null ? '' : `${value.toFixed(figure.digits)} ${figure.unit}`;
      },
    });
    const stopFeeding = feed(plot, channel, source, (words) => {
      if (exercise.current && exercise.current.textContent !== words) exercise.current.textContent = words;
    });
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      stopFeeding();
      plot.destroy();
    };
  }, [channel, limits, source, figure, colorScheme, window, marks, onSelect, onOut, onMoment]);

  const lowest = limits.length > 0 ? Math.min(...limits.map(({ value }) => value)) : undefined;
  return (
    <figure className={styles.chart}>
      <figcaption>
        <span>{figure.label}</span>
        <LiveValue latheId={latheId} channel={channel} className={styles.now} />
        {lowest !== undefined && (
          <span className="dim figure">limit {figure.shown(lowest).toFixed(Math.min(1, figure.digits))}</span>
        )}
        <span ref={exercise} className="dim" />
        <span ref={cursor} className={`${styles.cursor} figure dim`} />
      </figcaption>
      <div ref={host} className={styles.plot} />
    </figure>
  );
}

function feed(
  plot: uPlot,
  channel: ChannelName,
  source: TraceChartProps['source'],
  say: (words: string) => void,
): () => void {
  const { draw: drawn = [] } = plot.hooks;
  plot.hooks.draw = [...drawn, () => say(sensorFaultInView(plot))]; // only now it is known what is in view
  if (!source.live) {
    setTraceData(plot, source.data, true, source.faults);
    return () => {};
  }
  const draw = () => {
    if (document.hidden) return;
    setTraceData(plot, source.read(channel), true, source.faults(channel));
  };
  draw();
  const timer = setInterval(draw, LIVE_BEAT_MS);
  return () => clearInterval(timer);
}
