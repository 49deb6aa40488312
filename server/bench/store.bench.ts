import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Double, serialize } from 'bson';
import { open } from 'lmdb';
import { type Collection, MongoClient } from 'mongodb';
import { type Bench, median, quantile, round2 } from './bench.js';
import { cpuSeconds } from './cpu-time.js';

const MAIN = fileURLToPath(new URL('../src/embedded/store/main.js', import.meta.url));
/** Buckets of the fleet; more on request. */
const BUCKETS = Number(process.env['STORE_BENCH_BUCKETS'] ?? 20_000);
const LATHES = 20;
const CHANNELS = 18;
const SAMPLES = 42;
const BATCH = 100;
/** Buckets that the peer writes. */
const PEER_BUCKETS = 5_000;
const POINT_READS = 500;
const HOURS = 100;
const TURNS = 4;
/** Reads before the measured ones, until both sides run compiled code. */
const WARM_UP = 100;

/** The embedded document store as telemetry uses it: one writer, minute buckets of about 7 KB. */
export const storeBench: Bench = {
  about: `${BUCKETS} minute buckets of ${LATHES} lathes, in a process of its own, over its socket`,
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), 'store-bench-'));
    try {
      let store = await started(directory);
      const buckets = bucketsOf(store.client);
      await buckets.createIndex({ latheId: 1, minute: 1 }, { unique: true });
      const writtenS = await fill(buckets);
      const bytes = serialize(bucketAt(0)).length;
      say(`${BUCKETS} buckets of ${bytes} bytes written in ${writtenS.toFixed(1)} s`);
      const peerS = await fillPeer();
      const waits = await longestWaits(store.client, buckets);
      await store.stop();

      const before = performance.now();
      store = await started(directory);
      const reopenMs = performance.now() - before;
      const reads = await timeReads(bucketsOf(store.client), store.child.pid!);
      const memoryMb = anonymousMb(store.child);
      await store.stop();
      const [perS, peerPerS] = [BUCKETS / writtenS, PEER_BUCKETS / peerS];
      return {
        writes: {
          'buckets per s': Math.round(perS),
          'bare LMDB, per s (peer)': Math.round(peerPerS),
          'share of the peer': round2(perS / peerPerS),
          'longest wait during an index build, ms': round2(waits.build),
          'longest wait without one, ms': round2(waits.idle),
        },
        reads: {
          'point read p50, ms': round2(median(reads.points)),
          'point read p99, ms': round2(quantile(reads.points, 0.99)),
          'latest bucket p50, ms': round2(median(reads.latest)),
        },
        'an hour of one lathe': {
          'one channel p50, ms': round2(median(reads.one.ms)),
          'whole documents p50, ms': round2(median(reads.all.ms)),
          'times faster': round2(median(reads.all.ms) / median(reads.one.ms)),
          // Both processes together; does not depend on what else the machine is busy with.
          'times less CPU': round2(reads.all.cpuMs / reads.one.cpuMs),
        },
        server: { 'start to ready, ms': Math.round(reopenMs), 'anonymous memory, MB': memoryMb },
      };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

interface Bucket {
  latheId: string;
  minute: Date;
  lastSequence: number;
  channels: Record<string, Double[]>;
}

const bucketsOf = (client: MongoClient) => client.db('bench').collection<Bucket>('buckets');

const minuteAt = (place: number) => new Date(1_700_000_000_000 + Math.floor(place / LATHES) * 60_000);

function bucketAt(place: number): Bucket {
  const channels: Bucket['channels'] = {};
  for (let channel = 0; channel < CHANNELS; channel++) {
    channels[`channel${channel}`] = Array.from(
      { length: SAMPLES },
      (_, i) => new Double(place + channel * 0.5 + i * 0.01),
    );
  }
  return { latheId: `lathe-${(place % LATHES) + 1}`, minute: minuteAt(place), lastSequence: place, channels };
}

/** @returns seconds for all buckets, without the making of the documents */
async function fill(buckets: Collection<Bucket>): Promise<number> {
  let ms = 0;
  for (let from = 0; from < BUCKETS; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, i) => bucketAt(from + i));
    const before = performance.now();
    await buckets.insertMany(batch);
    ms += performance.now() - before;
  }
  return ms / 1000;
}

/** The same bytes straight into LMDB, a transaction and a flush per batch, without indexes and without a server. */
async function fillPeer(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'store-bench-peer-'));
  const table = open<Uint8Array, number>({ path: directory, encoding: 'binary', overlappingSync: false });
  let ms = 0;
  for (let from = 0; from < PEER_BUCKETS; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, i) => bucketAt(from + i));
    const before = performance.now();
    table.transactionSync(() => {
      for (const [i, bucket] of batch.entries()) table.putSync(from + i, serialize(bucket));
    });
    ms += performance.now() - before;
  }
  await table.close();
  rmSync(directory, { recursive: true, force: true });
  return ms / 1000;
}

/** The longest that a ping waits during an index build, and during as long a time of nothing else. */
async function longestWaits(
  client: MongoClient,
  buckets: Collection<Bucket>,
): Promise<{ build: number; idle: number }> {
  const before = performance.now();
  const build = await longestPing(client, buckets.createIndex({ lastSequence: 1 }));
  const idle = await longestPing(client, setTimeout(performance.now() - before));
  return { build, idle };
}

async function longestPing(client: MongoClient, until: Promise<unknown>): Promise<number> {
  let isOver = false;
  const over = until.finally(() => {
    isOver = true;
  });
  let longest = 0;
  while (!isOver) longest = Math.max(longest, await msOf(() => client.db('bench').command({ ping: 1 })));
  await over;
  return longest;
}

async function timeReads(buckets: Collection<Bucket>, pid: number) {
  const points = await timed(POINT_READS, (i) => {
    const place = (i * 7919) % BUCKETS;
    return buckets.findOne(
      { latheId: `lathe-${(place % LATHES) + 1}`, minute: minuteAt(place) },
      { projection: { minute: 1 } },
    );
  });
  const latest = await timed(POINT_READS, (i) =>
    buckets.findOne({ latheId: `lathe-${(i % LATHES) + 1}` }, { sort: { minute: -1 }, projection: { minute: 1 } }),
  );
  const hour = (i: number) => {
    const from = minuteAt((i * 997) % Math.max(1, BUCKETS - 60 * LATHES));
    return { latheId: `lathe-${(i % LATHES) + 1}`, minute: { $gte: from, $lt: new Date(from.getTime() + 3_600_000) } };
  };
  const one = { ms: [] as number[], cpuMs: 0 };
  const all = { ms: [] as number[], cpuMs: 0 };
  const sides = [
    [one, (i: number) => buckets.find(hour(i), { projection: { minute: 1, 'channels.channel7': 1 } }).toArray()],
    [all, (i: number) => buckets.find(hour(i)).toArray()],
  ] as const;
  // In turns, so that both meet the same machine; many at a time, so that each clears up after itself.
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [figures, read] of sides) {
      const before = cpuSeconds(pid) + cpuSeconds(process.pid);
      figures.ms.push(...(await timed(HOURS, read)));
      figures.cpuMs += (cpuSeconds(pid) + cpuSeconds(process.pid) - before) * 1000;
    }
  }
  return { points, latest, one, all };
}

async function timed(rounds: number, read: (round: number) => Promise<unknown>): Promise<number[]> {
  const out: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const ms = await msOf(() => read(Math.abs(round)));
    if (round >= 0) out.push(ms);
  }
  return out;
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

async function started(directory: string) {
  const child = spawn(process.execPath, [MAIN, '--data', directory, '--slow-ms', '60000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const client = await new MongoClient(line.split(' ')[2]!).connect();
  const stop = async () => {
    await client.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { child, client, stop };
}

/** Memory that is the process's own, not the mapped file; only Linux tells. */
function anonymousMb(child: ChildProcess): number | string {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Math.round(Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return 'unknown';
  }
}
