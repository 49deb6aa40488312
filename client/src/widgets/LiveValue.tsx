import { useEffect, useRef } from 'react';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { ageMs, isStale } from '../live/live';
import { readouts } from '../live/readouts';
import { digitsOf, FIGURES } from './figures';

export interface LiveValueProps {
  latheId: string;
  channel: ChannelName;
  /** the unit stands beside the digits unless a heading near by names it */
  unit?: boolean;
  className?: string;
}

/** Newest value of one channel, written into the document twice a second without a render; looks stale when it is. */
export function LiveValue({ latheId, channel, unit = true, className = '' }: LiveValueProps) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      readouts.add((ticks, nowMs) => {
        const target = element.current?.firstChild;
        if (!element.current || !target) return;
        const slot = ticks.slotOf(latheId);
        const digits = slot < 0 ? '–' : digitsOf(channel, ticks.value(slot, channel));
        if (target.nodeValue !== digits) target.nodeValue = digits;
        const stale = String(digits !== '–' && isStale(ageMs(slot, nowMs)));
        if (element.current.dataset['stale'] !== stale) element.current.dataset['stale'] = stale;
      }),
    [latheId, channel],
  );
  return (
    <span className={`figure ${className}`}>
      <span ref={element}>–</span>
      {unit && <span className="dim"> {FIGURES[channel].unit}</span>}
    </span>
  );
}
