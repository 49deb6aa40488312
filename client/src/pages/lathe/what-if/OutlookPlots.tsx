import { useMemo } from 'react';
import type { Curves, Outlook } from '#domain/contract/what-if.js';
import { OutlookPlot } from './OutlookPlot';
import styles from './WhatIf.module.css';

const celsius = (kelvin: number) => kelvin - 273.15;
const percent = (share: number) => share * 100;
const asIs = (value: number) => value;

const SHOWN = [
  { curve: 'flankWear', label: 'Flank wear', unit: 'mm', digits: 3, fromZero: true, least: 0.05, shown: asIs },
  {
    curve: 'failureProbability',
    label: 'Failure risk, next 10 min',
    unit: '%',
    digits: 1,
    fromZero: true,
    least: 5,
    shown: percent,
  },
  {
    curve: 'processTemperature',
    label: 'Process temperature',
    unit: '°C',
    digits: 1,
    fromZero: false,
    least: 5,
    shown: celsius,
  },
  {
    curve: 'cuttingZoneTemperature',
    label: 'Cutting zone',
    unit: '°C',
    digits: 0,
    fromZero: false,
    least: 50,
    shown: celsius,
  },
] as const satisfies readonly { curve: keyof Curves; shown: (value: number) => number; [more: string]: unknown }[];

export interface OutlookPlotsProps {
  times: number[];
  current: Outlook;
  /** undefined where the changes are refused */
  proposed: Outlook | undefined;
}

/** Wear, risk and temperatures over the time to come. */
export function OutlookPlots({ times, current, proposed }: OutlookPlotsProps) {
  const columns = useMemo(() => SHOWN.map(({ curve, shown }) => current.curves[curve].map(shown)), [current]);
  const tried = useMemo(() => SHOWN.map(({ curve, shown }) => proposed?.curves[curve].map(shown)), [proposed]);
  const { limits } = proposed ?? current;
  return (
    <div>
      <p className={styles.legend}>
        <span data-line="planned">As planned</span>
        <span data-line="proposed">Proposed</span>
      </p>
      <div className={styles.plots}>
        {SHOWN.map(({ curve, shown: _, ...figure }, i) => (
          <OutlookPlot
            key={curve}
            {...figure}
            {...(curve === 'flankWear' ? { limitValue: limits.flankWear, limitWord: 'worn at' } : {})}
            {...(curve === 'cuttingZoneTemperature'
              ? { limitValue: celsius(limits.softeningTemperature), limitPriority: 2, limitWord: 'edge softens at' }
              : {})}
            times={times}
            current={columns[i]!}
            proposed={tried[i]}
          />
        ))}
      </div>
    </div>
  );
}
