import { type ReactNode, useEffect, useRef } from 'react';
import { readouts } from '../live/readouts';
import styles from './Badges.module.css';

export interface LiveFlagProps {
  latheId: string;
  /** one of RECORD_FLAG */
  bit: number;
  children: ReactNode;
}

/** Shows its words while a flag of the lathe's newest record stands; follows the stream without a render. */
export function LiveFlag({ latheId, bit, children }: LiveFlagProps) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      readouts.add((ticks) => {
        const slot = ticks.slotOf(latheId);
        const stands = slot >= 0 && ((ticks.flags[slot] ?? 0) & bit) !== 0;
        if (element.current) element.current.hidden = !stands;
      }),
    [latheId, bit],
  );
  return (
    <span ref={element} className={styles.flag} hidden>
      {children}
    </span>
  );
}
