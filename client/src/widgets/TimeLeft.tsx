import { useEffect, useState } from 'react';
import { pageNowMs } from '../live/clock';
import { liveTicks } from '../live/tick-buffer';
import { ageWords } from './words';

const HOUR_MS = 3_600_000;

/** How long it is until a moment by the server's clock, kept current: to the second below an hour. */
export function TimeLeft({ iso }: { iso: string }) {
  const [now, setNow] = useState(serverNowMs);
  const leftMs = Date.parse(iso) - now;
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNowMs()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={iso} title={new Date(iso).toLocaleString()} className="figure">
      {leftMs <= 0 ? 'ends now' : `${leftMs < HOUR_MS ? minutesAndSeconds(leftMs) : ageWords(leftMs)} left`}
    </time>
  );
}

const serverNowMs = (): number => pageNowMs() + liveTicks.clockOffsetMs;

function minutesAndSeconds(spanMs: number): string {
  const seconds = Math.ceil(spanMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
