import 'uplot/dist/uPlot.min.css';
import { useCallback, useRef } from 'react';
import type uPlot from 'uplot';
import type { TraceLimit } from '../trace-plot';
import { createOutlookPlot } from './outlook-plot';
import { usePlot } from './plot-host';
import styles from './WhatIf.module.css';

export interface OutlookPlotProps {
  label: string;
  unit: string;
  digits: number;
  fromZero: boolean;
  /** least height of the axis */
  least: number;
  limitValue?: number;
  /** 1 highest … 4 */
  limitPriority?: TraceLimit['priority'];
  limitWord?: string;
  times: number[];
  current: number[];
  proposed: number[] | undefined;
}

/** One value over the time to come, as planned and as proposed, with its limit and the values under the cursor. */
export function OutlookPlot(props: OutlookPlotProps) {
  const { label, unit, digits, fromZero, least, limitValue, limitPriority = 3, limitWord = 'limit' } = props;
  const { times, current, proposed } = props;
  const cursor = useRef<HTMLSpanElement>(null);
  const create = useCallback(
    (host: HTMLElement) =>
      createOutlookPlot(host, {
        fromZero,
        least,
        limit: limitValue === undefined ? undefined : { value: limitValue, priority: limitPriority },
        onCursor: (minute, planned, tried) => {
          if (!cursor.current) return;
          const pair =
            tried === null ? planned?.toFixed(digits) : `${planned?.toFixed(digits)} → ${tried.toFixed(digits)}`;
          cursor.current.textContent = minute === null ? '' : `${pair} ${unit} in ${minute.toFixed(0)} min`;
        },
      }),
    [fromZero, least, limitValue, limitPriority, digits, unit],
  );
  const show = useCallback(
    (plot: uPlot) => plot.setData([times, current, proposed ?? times.map(() => null)]),
    [times, current, proposed],
  );
  const host = usePlot(create, show);
  const ends = proposed
    ? `${current.at(-1)?.toFixed(digits)} as planned, ${proposed.at(-1)?.toFixed(digits)} as proposed`
    : `${current.at(-1)?.toFixed(digits)} as planned`;
  return (
    <figure className={styles.plotFigure}>
      <figcaption>
        <span>{label}</span>
        <span className="dim">{unit}</span>
        {limitValue !== undefined && (
          <span className="dim figure">
            {limitWord} {limitValue.toFixed(Math.min(2, digits))}
          </span>
        )}
        <span ref={cursor} className={`${styles.cursor} figure dim`} />
      </figcaption>
      <div ref={host} className={styles.plot} role="img" aria-label={`${label} at the end: ${ends} ${unit}`} />
    </figure>
  );
}
