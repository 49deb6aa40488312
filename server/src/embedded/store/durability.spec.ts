import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

/** More deaths than usual on request. */
const CYCLES = Number(process.env['KILL_CYCLES'] ?? 4);
const directory = mkdtempSync(join(tmpdir(), 'store-kill-'));
const main = resolve('dist/server/src/embedded/store/main.js');

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function started(...more: string[]): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [main, '--role=embedded-store', '--data', directory, ...more], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  expect(line).toMatch(/^embedded-store ready mongodb:\/\//);
  return { child, uri: line.split(' ')[2]! };
}

const connected = (uri: string) => new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 }).connect();

/** Writes until the server dies, noting what was acknowledged. */
async function writeUntilDead(
  uri: string,
  writer: number,
  round: number,
  acknowledged: Map<string, number>,
): Promise<void> {
  const client = new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 500 });
  const items = (await client.connect()).db('d').collection<{ _id: string; n: number; tags: number[] }>('items');
  try {
    for (let i = 0; ; i++) {
      const _id = `${writer}-${round}-${i}`;
      await items.insertOne({ _id, n: 0, tags: [i, i + 1] });
      acknowledged.set(_id, 0);
      await items.updateOne({ _id }, { $inc: { n: 1 }, $push: { tags: -i } });
      acknowledged.set(_id, 1);
    }
  } catch {
    await client.close(true);
  }
}

describe('a killed store', () => {
  it('has every acknowledged write, and indexes that agree with the documents', async () => {
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < CYCLES; round++) {
      const { child, uri } = await started();
      const client = await connected(uri);
      await client.db('d').collection('items').createIndex({ tags: 1 });
      await client.close();
      const writers = [0, 1, 2, 3].map((writer) => writeUntilDead(uri, writer, round, acknowledged));
      const before = acknowledged.size;
      while (acknowledged.size < before + 40 + round * 17) await new Promise((resolve) => setTimeout(resolve, 5));
      child.kill('SIGKILL');
      await Promise.all([once(child, 'exit'), ...writers]);
    }
    const { child, uri } = await started();
    const client = await connected(uri);
    const items = client.db('d').collection<{ _id: string; n: number; tags: number[] }>('items');
    const stored = new Map((await items.find().toArray()).map((item) => [item._id, item]));
    for (const [_id, n] of acknowledged) expect(stored.get(_id)?.n).toBeGreaterThanOrEqual(n);
    for (const { _id, n, tags } of stored.values()) {
      const i = Number(_id.split('-')[2]);
      expect(tags).toEqual(n === 0 ? [i, i + 1] : [i, i + 1, -i]);
    }
    expect(await client.db('d').command({ validate: 'items' })).toMatchObject({ valid: true, nrecords: stored.size });
    await client.close();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 120_000);

  it('follows its parent, and answers a second start on its folder with one line', async () => {
    const { child } = await started('--exit-with-parent');
    const second = spawn(process.execPath, [main, '--data', directory, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const lines: string[] = [];
    createInterface(second.stderr!).on('line', (line) => lines.push(line));
    expect(await once(second, 'close')).toEqual([1, null]);
    expect(lines).toEqual([expect.stringContaining('another embedded store is running')]);
    child.stdin!.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 30_000);
});
