import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { backup, compact, MaintenanceError, restore } from './maintenance.js';
import { FolderInUseError, startStore } from './server.js';

const directory = mkdtempSync(join(tmpdir(), 'store-backup-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string) => join(directory, name);

async function withStore<R>(dataDir: string, work: (client: MongoClient) => Promise<R>): Promise<R> {
  const store = await startStore({ dataDir });
  const client = await new MongoClient(store.uri).connect();
  try {
    return await work(client);
  } finally {
    await client.close();
    await store.close();
  }
}

describe('backup, restore and compact', () => {
  it('bring a running store into another folder, and shrink it', async () => {
    await withStore(at('a'), async (client) => {
      const items = client.db('d').collection('items');
      await items.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, text: 'x'.repeat(2_000) })));
      await backup(at('a'), at('copy.bak'));
      await items.deleteMany({ n: { $gt: 0 } });
      await expect(restore(at('a'), at('copy.bak'), true)).rejects.toThrow(FolderInUseError);
    });
    const { before, after } = await compact(at('a'));
    expect(after).toBeLessThan(before / 4);
    await restore(at('b'), at('copy.bak'), false);
    expect(
      await withStore(at('b'), (client) =>
        client
          .db('d')
          .collection('items')
          .countDocuments({ n: { $gte: 0 } }),
      ),
    ).toBe(300);
    expect(await withStore(at('a'), (client) => client.db('d').collection('items').countDocuments({}))).toBe(1);
  });

  it('do not replace data unasked, nor take a file that is no backup', async () => {
    await withStore(at('c'), (client) => client.db('d').createCollection('x'));
    writeFileSync(at('other'), 'no store at all'.repeat(1_000));
    await backup(at('c'), at('c.bak'));
    await expect(restore(at('c'), at('c.bak'), false)).rejects.toThrow(MaintenanceError);
    await expect(restore(at('c'), at('other'), true)).rejects.toThrow(MaintenanceError);
    await restore(at('c'), at('c.bak'), true);
    await expect(compact(at('nowhere'))).rejects.toThrow(MaintenanceError);
  });
});
