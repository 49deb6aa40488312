import { IconPlugConnected, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { type ConnectionState, useConnection } from '../../live/connection-store';
import styles from './ConnectionMark.module.css';

const WORDS: Record<ConnectionState, { word: string; detail: string }> = {
  live: { word: 'Live', detail: 'Values arrive continuously.' },
  connecting: { word: 'Connecting', detail: 'Waiting for the first values.' },
  stalled: { word: 'Stalled', detail: 'The line is open, but no values arrive.' },
  lost: { word: 'Lost', detail: 'No connection to the server.' },
  closed: { word: 'Closed', detail: 'The live stream is closed.' },
};

/** State of the live stream: icon and word. */
export function ConnectionMark() {
  const state = useConnection((connection) => connection.state);
  const { word, detail } = WORDS[state];
  const Icon = state === 'live' ? IconPlugConnected : state === 'connecting' ? IconRefresh : IconPlugConnectedX;
  return (
    <span className={styles.mark} data-connection={state} title={detail}>
      <Icon size={20} stroke={1.75} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
