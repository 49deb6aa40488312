import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/**
 * `connecting` first attempt | `live` frames arrive | `stalled` socket open but no frame for 3 periods |
 * `lost` waiting for or making another attempt | `closed` on purpose
 */
export type ConnectionState = 'closed' | 'connecting' | 'live' | 'stalled' | 'lost';

export interface Connection {
  state: ConnectionState;
  /** this page's clock, ms, when the state was entered */
  sinceMs: number;
  /** this page's clock, ms; undefined before the first frame. Refreshed about once a second */
  lastFrameAtMs: number | undefined;
  nextAttemptAtMs: number | undefined;
}

export const connectionStore = createStore<Connection>()(() => ({
  state: 'closed',
  sinceMs: 0,
  lastFrameAtMs: undefined,
  nextAttemptAtMs: undefined,
}));

export function useConnection<Slice>(select: (connection: Connection) => Slice): Slice {
  return useStore(connectionStore, select);
}
