import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useWaitingAcks } from '../../api/useAlerts';
import { pageNowMs } from '../../live/clock';
import { useConnection } from '../../live/connection-store';
import { retryConnection } from '../../live/live';
import { ageWords } from '../../widgets/words';
import styles from './ConnectionBanner.module.css';

/** On every screen while nothing arrives: what is shown are the last values, and how old they are. */
export function ConnectionBanner() {
  const connection = useConnection((whole) => whole);
  const broken = connection.state === 'lost' || connection.state === 'stalled';
  const now = useSecondsWhile(broken);
  const kept = useWaitingAcks();
  if (!broken) return null;
  const since = connection.lastFrameAtMs;
  const waitS = Math.ceil(((connection.nextAttemptAtMs ?? now) - now) / 1000);
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size={22} aria-hidden />
      <p>
        <strong>{connection.state === 'lost' ? 'Connection lost.' : 'No values arrive.'}</strong>{' '}
        {since === undefined
          ? 'No values were received yet.'
          : `Showing the last values, ${ageWords(now - since)} old.`}
        {connection.state === 'lost' && (waitS > 0 ? ` Next attempt in ${waitS} s.` : ' Trying to reconnect…')}
        {kept > 0 &&
          ` ${kept === 1 ? 'An acknowledgement is' : `${kept} acknowledgements are`} kept and delivered when it is back.`}
      </p>
      {connection.state === 'lost' && (
        <Button size="compact-md" variant="default" onClick={retryConnection}>
          Try now
        </Button>
      )}
    </div>
  );
}

function useSecondsWhile(active: boolean): number {
  const [now, setNow] = useState(pageNowMs);
  useEffect(() => {
    if (!active) return;
    setNow(pageNowMs());
    const timer = setInterval(() => setNow(pageNowMs()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
