import { useEffect, useRef } from 'react';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { readouts } from '../live/readouts';
import styles from './LiveBar.module.css';

export interface LiveBarProps {
  latheId: string;
  channel: ChannelName;
  /** value of the full bar */
  full: number;
  label: string;
  /** share of the bar from which it is drawn as worn out, 0..1 */
  alarmAt?: number;
}

/** A bar that follows a channel without a render. */
export function LiveBar({ latheId, channel, full, label, alarmAt }: LiveBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const fill = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      readouts.add((ticks) => {
        if (!bar.current || !fill.current) return;
        const slot = ticks.slotOf(latheId);
        const value = slot < 0 ? Number.NaN : ticks.value(slot, channel);
        const share = Number.isFinite(value) ? Math.min(1, Math.max(0, value / full)) : 0;
        fill.current.style.transform = `scaleX(${share.toFixed(3)})`;
        bar.current.setAttribute('aria-valuenow', String(Math.round(share * 100)));
        bar.current.dataset['over'] = String(alarmAt !== undefined && share >= alarmAt);
      }),
    [latheId, channel, full, alarmAt],
  );
  return (
    <div
      ref={bar}
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    >
      <div ref={fill} className={styles.fill} />
      {alarmAt !== undefined && alarmAt < 1 && <div className={styles.mark} style={{ left: `${alarmAt * 100}%` }} />}
    </div>
  );
}
