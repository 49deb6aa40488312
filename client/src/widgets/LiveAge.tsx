import { useEffect, useRef } from 'react';
import { ageMs, isStale } from '../live/live';
import { readouts } from '../live/readouts';
import { ageWords } from './words';

/** How old the newest values of a lathe are: `live`, or `12 s old`. */
export function LiveAge({ latheId }: { latheId: string }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      readouts.add((ticks, nowMs) => {
        if (!element.current) return;
        const age = ageMs(ticks.slotOf(latheId), nowMs);
        const stale = isStale(age);
        const words = stale ? (Number.isFinite(age) ? `${ageWords(age)} old` : 'no values yet') : 'live';
        if (element.current.textContent !== words) element.current.textContent = words;
        element.current.dataset['stale'] = String(stale);
      }),
    [latheId],
  );
  return <span ref={element} className="figure dim" />;
}
