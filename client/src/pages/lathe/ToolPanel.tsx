import type { ReactNode } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { LiveBar } from '../../widgets/LiveBar';
import { LiveValue } from '../../widgets/LiveValue';
import { Panel } from '../../widgets/Panel';
import styles from './panels.module.css';

/** Flank wear at which an edge counts as worn (ISO 3685), and the end of the bar, mm. */
const WORN_MM = 0.3;
const BAR_END_MM = 0.4;

/** How far the edge is worn, against the limit, and how long it still cuts as it cuts now. */
export function ToolPanel({ lathe }: { lathe: LatheDto }) {
  return (
    <Panel title="Tool" aside={<span className="dim">worn at {WORN_MM.toFixed(2)} mm</span>}>
      <LiveBar
        latheId={lathe.id}
        channel="flankWear"
        full={BAR_END_MM}
        alarmAt={WORN_MM / BAR_END_MM}
        label="Flank wear"
      />
      <div className={styles.values}>
        <Value label="Flank wear">
          <LiveValue latheId={lathe.id} channel="flankWear" />
        </Value>
        <Value label="Remaining life">
          <LiveValue latheId={lathe.id} channel="remainingUsefulLife" />
        </Value>
        <Value label="Tool in cut">
          <LiveValue latheId={lathe.id} channel="toolWear" />
        </Value>
        <Value label="Failure risk, 10 min">
          <LiveValue latheId={lathe.id} channel="failureProbability" />
        </Value>
      </div>
    </Panel>
  );
}

function Value({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.value}>
      <span className="dim">{label}</span>
      {children}
    </div>
  );
}
