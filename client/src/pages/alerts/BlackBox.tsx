import 'uplot/dist/uPlot.min.css';
import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import type { AlertDto } from '#domain/contract/alert.js';
import type { KeptBlackBox } from '#domain/contract/black-box.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { fetchBlackBox } from '../../api/alerts';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { FIGURES } from '../../widgets/figures';
import { TimeLeft } from '../../widgets/TimeLeft';
import { TimeStamp } from '../../widgets/TimeStamp';
import styles from './BlackBox.module.css';
import { createBoxPlot } from './box-plot';

/** What tells most about any alarm, beside the channel that it is about. */
const ALWAYS: readonly ChannelName[] = ['rpm', 'torque', 'vibration', 'processTemperature'];
const ASK_AGAIN_MS = 2000;

/** The minute around the alarm, tick by tick, with the moment in which it was raised. */
export default function BlackBox({ alert }: { alert: AlertDto }) {
  const channels = useMemo(
    () => [...new Set([...(alert.channel ? [alert.channel] : []), ...ALWAYS])].slice(0, 4),
    [alert.channel],
  );
  const { data: box, error } = useQuery({
    queryKey: keys.blackBox(alert.id),
    queryFn: () => fetchBlackBox(alert.id, channels),
    refetchInterval: ({ state: { data } }) => {
      if (data?.status !== 'pending') return false;
      return Math.max(ASK_AGAIN_MS, Date.parse(data.readyAt) - Date.now() + ASK_AGAIN_MS);
    },
  });
  if (error && !box) return <p className="dim">{messageOf(error)}</p>;
  if (!box) return <p className="dim">Reading the trace…</p>;
  if (box.status === 'pending') {
    return (
      <p className="dim" data-black-box="pending">
        Still being recorded: <TimeLeft iso={box.readyAt} />.
      </p>
    );
  }
  if (box.status === 'expired') {
    return (
      <p className="dim" data-black-box="expired">
        The readings around an alarm are kept for {box.keptDays} days; these are gone.
      </p>
    );
  }
  if (box.status === 'lost') {
    return (
      <p className="dim" data-black-box="lost">
        The readings of this minute were not kept.
      </p>
    );
  }
  if (box.t.length === 0) {
    return (
      <p className="dim" data-black-box="empty">
        The lathe ran no job in this minute, so there are no readings.
      </p>
    );
  }
  return (
    <div className={styles.box} data-black-box="kept">
      {box.lostUntil && (
        <p className="dim">
          What came before <TimeStamp iso={box.lostUntil} /> was not kept.
        </p>
      )}
      {channels.map((channel) => (
        <BoxTrace key={channel} box={box} channel={channel} limit={limitOn(alert, channel)} priority={alert.priority} />
      ))}
      <p className="dim">{box.t.length.toLocaleString()} ticks, from 60 s before to 30 s after the alarm.</p>
    </div>
  );
}

interface BoxTraceProps {
  box: KeptBlackBox;
  channel: ChannelName;
  limit: number | undefined;
  priority: number;
}

function BoxTrace({ box, channel, limit, priority }: BoxTraceProps) {
  const host = useRef<HTMLDivElement>(null);
  const cursor = useRef<HTMLSpanElement>(null);
  const { colorScheme } = useMantineColorScheme();
  const { label, unit, digits } = FIGURES[channel];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the canvas is drawn anew in the colours of the scheme
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const plot: uPlot = createBoxPlot(element, { box, channel, limit, priority }, (atS, value) => {
      if (!cursor.current) return;
      cursor.current.textContent =
        value === null || atS === null ? '' : `${value.toFixed(digits)} ${unit} at ${atS.toFixed(1)} s`;
    });
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [box, channel, limit, priority, colorScheme]);
  return (
    <figure className={styles.trace}>
      <figcaption>
        <span>
          {label} <span className="dim">{unit}</span>
        </span>
        <span ref={cursor} className="figure dim" />
      </figcaption>
      <div ref={host} className={styles.plot} />
    </figure>
  );
}

/** The limit where it is one of the reading itself. */
function limitOn({ channel, threshold, alert_type }: AlertDto, shown: ChannelName): number | undefined {
  if (channel !== shown || alert_type === 'SENSOR_FAULT' || alert_type === 'ANOMALY' || alert_type === 'JOB_OVERRUN') {
    return undefined;
  }
  return threshold;
}
