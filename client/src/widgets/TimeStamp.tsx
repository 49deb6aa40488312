import { useEffect, useState } from 'react';
import { ageWords } from './words';

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** A moment in the viewer's zone; UTC when hovered. */
export function TimeStamp({ iso }: { iso: string }) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return (
    <time dateTime={iso} title={utcWords(date)} className="figure">
      {(today ? CLOCK : DAY_AND_CLOCK).format(date)}
    </time>
  );
}

/** How long ago, kept current; UTC when hovered. */
export function Since({ iso }: { iso: string }) {
  const [now, setNow] = useState(Date.now);
  const age = now - Date.parse(iso);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={iso} title={utcWords(new Date(iso))} className="figure">
      {age < 10_000 ? 'just now' : `${ageWords(age)} ago`}
    </time>
  );
}

function utcWords(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
