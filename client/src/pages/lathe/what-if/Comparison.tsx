import type { Outlook } from '#domain/contract/what-if.js';
import { minutesWords } from '../../../widgets/words';
import { stalls } from './limit-words';
import styles from './WhatIf.module.css';

export interface ComparisonProps {
  current: Outlook;
  proposed: Outlook | undefined;
  horizonMinutes: number;
}

interface Row {
  label: string;
  of: (outlook: Outlook) => number | null;
  shown: (value: number) => string;
  /** for null */
  none?: string;
  /** a share in %: its change is told in points, since per cent of per cent misleads */
  share?: true;
}

const to = (digits: number, unit: string) => (value: number) => `${value.toFixed(digits)} ${unit}`.trimEnd();
const euro = (value: number) => `€${value.toFixed(value < 0.1 ? 3 : 2)}`;

/** What a plan that the drive cannot cut has none of. */
const made = (of: (outlook: Outlook) => number) => (outlook: Outlook) => (stalls(outlook) ? null : of(outlook));

/** The figures of both plans side by side. */
export function Comparison({ current, proposed, horizonMinutes }: ComparisonProps) {
  const span = minutesWords(horizonMinutes);
  const rows: Row[] = [
    { label: 'Cutting left on this edge', of: (o) => o.remainingLife, shown: minutesWords },
    { label: 'Edge worn in', of: (o) => o.wornAt, shown: minutesWords, none: `not within ${span}` },
    { label: 'Life of a new edge', of: (o) => o.toolLife, shown: minutesWords },
    { label: 'Time per part', of: made((o) => o.part.time), shown: to(1, 's') },
    { label: 'Parts per hour', of: made((o) => o.partsPerHour), shown: to(1, '') },
    { label: 'Energy per part', of: made((o) => o.part.energy * 1000), shown: to(1, 'Wh') },
    { label: 'Cost per part', of: made((o) => o.part.cost), shown: euro },
    { label: `Failure risk after ${span}`, of: (o) => o.end.failureProbability * 100, shown: to(1, '%'), share: true },
  ];
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Both plans in figures</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">As planned</th>
          <th scope="col">Proposed</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, of, shown, none = '–', share }) => {
          const before = of(current);
          const after = proposed ? of(proposed) : null;
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="figure">{before === null ? none : shown(before)}</td>
              <td className="figure">{!proposed ? '–' : after === null ? none : shown(after)}</td>
              <td className="figure dim">{share ? pointsWords(before, after) : changeWords(before, after)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function pointsWords(before: number | null, after: number | null): string {
  if (before === null || after === null) return '';
  const points = Math.round(after - before);
  return points === 0 ? 'same' : `${signed(points)} points`;
}

const signed = (value: number) => `${value > 0 ? '+' : '−'}${Math.abs(value)}`;

function changeWords(before: number | null, after: number | null): string {
  if (before === null || after === null || before === 0) return '';
  const percent = Math.round(100 * (after / before - 1));
  if (percent === 0) return 'same';
  if (percent > 300) return `× ${(after / before).toFixed(1)}`;
  return `${signed(percent)} %`;
}
