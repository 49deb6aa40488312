import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';

export interface StreamEntry {
  id: string;
  /** name, value, name, value … as Redis sent them */
  fields: Buffer[];
}

export interface Follower {
  /** Id of the newest entry handed over; reading goes on behind it after an outage. */
  readonly lastId: string;
  /** Ends reading; resolves when no further entry will be handed over. */
  stop(): Promise<void>;
}

const BLOCK_MS = 1000;
const COUNT = 256;
const RETRY_MS = 100;

type RawReply = [stream: Buffer, entries: [id: Buffer, fields: Buffer[]][]][] | null;

/**
 * Reads a stream for ever with a cursor of its own, over outages of Redis.
 * @param connection - used by this reader alone, since it blocks; `stop` disconnects it
 * @param after - id behind which reading starts, `$` for what comes from now on
 * @param onEntry - called in order; a thrown error goes to `onError` and the entry counts as read
 */
export function followStream(
  connection: Redis,
  key: string,
  after: string,
  onEntry: (entry: StreamEntry) => void,
  onError: (error: unknown) => void,
): Follower {
  let lastId = after;
  let stopped = false;

  const handOver = (reply: RawReply): void => {
    for (const [id, fields] of reply?.[0]?.[1] ?? []) {
      lastId = id.toString();
      try {
        onEntry({ id: lastId, fields });
      } catch (error) {
        onError(error);
      }
    }
  };

  const read = async (): Promise<void> => {
    if (lastId === '$') lastId = await newestId(connection, key); // else what comes between two reads would be missed
    handOver((await connection.xreadBuffer('COUNT', COUNT, 'BLOCK', BLOCK_MS, 'STREAMS', key, lastId)) as RawReply);
  };

  const running = (async () => {
    while (!stopped) {
      try {
        await read();
      } catch {
        if (!stopped) await wait(RETRY_MS); // the connection reports its own outages
      }
    }
  })();

  return {
    get lastId() {
      return lastId;
    },
    async stop() {
      stopped = true;
      connection.disconnect();
      await running;
    },
  };
}

/** Id of the newest entry of a stream, `0-0` where there is none. */
export async function newestId(connection: Redis, key: string): Promise<string> {
  const [newest] = await connection.xrevrange(key, '+', '-', 'COUNT', 1);
  return newest?.[0] ?? '0-0';
}

/** Whether every entry that a stream ever had is still in it. */
export async function nothingTrimmed(connection: Redis, key: string): Promise<boolean> {
  const info = (await connection.xinfo('STREAM', key)) as (string | number)[];
  const field = (name: string) => Number(info[info.indexOf(name) + 1]);
  return field('entries-added') === field('length');
}
