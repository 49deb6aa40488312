import { useEffect, useRef } from 'react';
import { readouts } from '../../live/readouts';
import { exerciseWords } from './faults/fault-traces';
import type { TraceBand } from './trace-faults';

export interface ExerciseLineProps {
  /** bands of the charts at the moment */
  bands: () => readonly TraceBand[];
  /** time that the live charts show, s since the epoch; absent where they show stored data */
  window?: () => [number, number];
}

/** What the hatched ground in the charts stands for; nothing where there is none. */
export function ExerciseLine({ bands, window }: ExerciseLineProps) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(
    () =>
      readouts.add(() => {
        if (!line.current) return;
        const [fromS, toS] = window?.() ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
        const words = exerciseWords(bands().filter((band) => band.toS >= fromS && band.fromS <= toS));
        const text = words ? `Hatched: fault exercise (${words})` : '';
        if (line.current.textContent !== text) line.current.textContent = text;
        line.current.hidden = text === '';
      }),
    [bands, window],
  );
  return <p ref={line} className="dim" hidden />;
}
