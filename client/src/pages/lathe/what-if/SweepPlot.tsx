import 'uplot/dist/uPlot.min.css';
import { Button } from '@mantine/core';
import { useCallback, useRef } from 'react';
import type uPlot from 'uplot';
import type { Optimum, SpeedSweep } from '#domain/contract/what-if.js';
import { boundWords, LIMIT_WORDS } from './limit-words';
import { usePlot } from './plot-host';
import { createSweepPlot, type SweepMarks, setSweep } from './sweep-plot';
import styles from './WhatIf.module.css';

export interface SweepPlotProps {
  sweep: SpeedSweep;
  planned: number | undefined;
  proposed: number | undefined;
  onTake: (cuttingSpeed: number) => void;
}

/** Cost and output over the cutting speed, with the two best speeds to take. */
export function SweepPlot({ sweep, planned, proposed, onTake }: SweepPlotProps) {
  const cursor = useRef<HTMLSpanElement>(null);
  const marks = useRef<SweepMarks>({ sweep, planned, proposed });
  const take = useRef(onTake);
  take.current = onTake;
  const create = useCallback(
    (host: HTMLElement) =>
      createSweepPlot(host, {
        marks: () => marks.current,
        onTake: (speed) => take.current(speed),
        onCursor: (point) => {
          if (!cursor.current) return;
          cursor.current.textContent = point
            ? `${point.cuttingSpeed.toFixed(0)} m/min: €${point.costPerPart.toFixed(2)}, ${point.partsPerHour.toFixed(1)} an hour` +
              (point.limit ? `, beyond the ${LIMIT_WORDS[point.limit]}` : '')
            : '';
        },
      }),
    [],
  );
  const show = useCallback(
    (plot: uPlot) => {
      marks.current = { sweep, planned, proposed };
      setSweep(plot, sweep);
    },
    [sweep, planned, proposed],
  );
  const host = usePlot(create, show);
  const { minimumCost, maximumProduction } = sweep;
  return (
    <figure className={styles.plotFigure}>
      <figcaption>
        <span>Cost per part, €</span>
        <span className="dim">dashed: parts per hour. Over cutting speed, m/min. Shaded: out of reach</span>
        <span ref={cursor} className={`${styles.cursor} figure dim`} />
      </figcaption>
      <div
        ref={host}
        className={styles.sweep}
        role="img"
        aria-label="Cost per part and parts per hour over cutting speed"
      />
      {minimumCost && maximumProduction ? (
        <div className={styles.optima}>
          <Best label="Cheapest part" best={minimumCost} onTake={onTake} />
          <Best label="Most parts" best={maximumProduction} onTake={onTake} />
        </div>
      ) : (
        <p className={styles.warning}>No speed is feasible: {everyLimit(sweep)}.</p>
      )}
    </figure>
  );
}

function Best({ label, best, onTake }: { label: string; best: Optimum; onTake: (speed: number) => void }) {
  return (
    <div className={styles.best}>
      <div>
        <strong>{label}</strong>: <span className="figure">{best.cuttingSpeed.toFixed(0)} m/min</span>,{' '}
        <span className="figure">€{best.costPerPart.toFixed(2)}</span> a part,{' '}
        <span className="figure">{best.partsPerHour.toFixed(1)}</span> an hour
        <div className="dim">{boundWords(best)}</div>
      </div>
      <Button variant="default" size="compact-md" onClick={() => onTake(best.cuttingSpeed)}>
        Take this speed
      </Button>
    </div>
  );
}

function everyLimit({ points }: SpeedSweep): string {
  const names = new Set(points.flatMap(({ limit }) => (limit && limit !== 'spindleSpeed' ? [LIMIT_WORDS[limit]] : [])));
  return [...names].join(', ');
}
