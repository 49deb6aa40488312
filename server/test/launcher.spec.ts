import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort, isAlive, type Part, type Product, spawnLauncher, startProduct, until } from './product.js';

const PARTS: Part[] = ['launcher', 'guard', 'api', 'worker', 'recorder', 'store', 'redis'];

describe('a start that cannot succeed', () => {
  let folder: string;
  let busy: Server | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'byte-astra-launcher-'));
  });
  afterEach(() => {
    busy?.close();
    busy = undefined;
    rmSync(folder, { recursive: true });
  });

  async function refusal(env: Record<string, string>, args: string[] = []): Promise<string[]> {
    const { ended, output } = spawnLauncher({ DATA_DIR: join(folder, 'data'), ...env }, args);
    expect(await ended).toBe(1);
    return output().trimEnd().split('\n');
  }

  it('names each bad variable on a line of its own', async () => {
    expect(await refusal({ TICK_HZ: '3', PORT: 'http' })).toEqual([
      'PORT must be a whole number from 1 to 65535',
      'TICK_HZ must be one of 1, 2, 5, 10, 20, 50',
    ]);
  });

  it('says that its port is in use', async () => {
    const port = await freePort();
    busy = createServer().listen(port, '127.0.0.1');
    expect(await refusal({ PORT: String(port) })).toEqual([`PORT ${port} is in use by another program`]);
  });

  it('says that its folder cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const [line, ...more] = await refusal({ DATA_DIR: join(file, 'data') });
    expect(line).toMatch(/^DATA_DIR .* cannot be written \(ENOTDIR\)$/);
    expect(more).toEqual([]);
  });

  it('knows its options', async () => {
    expect(await refusal({}, ['--demo'])).toEqual(['Unknown option --demo. There is: --no-demo']);
  });
});

describe('a running plant', () => {
  let plant: Product;

  beforeAll(async () => {
    plant = await startProduct();
  }, 90_000);
  afterAll(() => plant.stop(), 30_000);

  it('has one process for each part, named in its command line', () => {
    expect(PARTS.map((part) => [part, plant.pids(part).length])).toEqual(PARTS.map((part) => [part, 1]));
  });

  it('prints its address and the demo users', () => {
    expect(plant.logs()).toContain(`ready at ${plant.url}`);
    expect(plant.logs()).toContain('Yash');
  });

  it('lets no second plant on its folder', async () => {
    const { ended, output } = spawnLauncher({ DATA_DIR: plant.dataDir, PORT: String(await freePort()) });
    expect(await ended).toBe(1);
    expect(output().trimEnd()).toMatch(/^DATA_DIR .* is in use by another plant$/);
  });

  it.each<Part>(['worker', 'recorder', 'api', 'redis', 'store'])(
    'is ready again after kill -9 of %s',
    async (part) => {
      const killed = plant.kill(part);
      expect(killed).toHaveLength(1);
      await plant.untilBack(part, killed);
      await plant.untilReady();
    },
    40_000,
  );

  it('gives a killed guard a successor', async () => {
    const killed = plant.kill('guard');
    expect(await plant.untilBack('guard', killed)).toHaveLength(1);
  });
});

describe('the end of a plant', () => {
  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    '%s stops every process, engines last',
    async (signal) => {
      const plant = await startProduct();
      const pids = PARTS.flatMap(plant.pids);
      expect(await plant.stop(signal)).toBe(0);
      await until('everything has ended', 2_000, () => !pids.some(isAlive) || undefined);
      expect(plant.logs()).not.toMatch(/\] (error|warning)/);
    },
    120_000,
  );

  it('leaves no orphan when the launcher is killed, and the folder starts again at once', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'byte-astra-launcher-'));
    const first = await startProduct({ dataDir });
    const pids = PARTS.flatMap(first.pids);
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8');
    await first.stop('SIGKILL');
    const second = await startProduct({ dataDir });
    expect(pids.filter(isAlive)).toEqual([]);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8')).toBe(secret);
    await second.stop();
    rmSync(dataDir, { recursive: true });
  }, 180_000);
});
