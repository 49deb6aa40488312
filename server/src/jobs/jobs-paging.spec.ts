import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobDto } from '#domain/contract/job.js';
import { openShop, type Shop, simpleJob } from '../../test/shop.js';
import { JobsLifecycle } from './jobs-lifecycle.service.js';

let shop: Shop;
let worker: JobsLifecycle;
const jobs: JobDto[] = [];

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '12' });
  worker = shop.app.get(JobsLifecycle, { strict: false });
  for (let i = 1; i <= 10; i++) {
    jobs.push((await shop.operator('POST', '/api/jobs', simpleJob(`lathe-${i}`))).body);
  }
});
afterAll(() => shop?.close());

const page = async (query: string) => (await shop.operator('GET', `/api/jobs?${query}`)).body;

describe('the list of jobs', () => {
  it('shows every job once, newest first, while jobs begin and others are made', async () => {
    const seen: string[] = [];
    let { items, nextCursor } = await page('limit=3');
    for (let turn = 0; ; turn++) {
      seen.push(...items.map(({ JobID }: JobDto) => JobID));
      if (nextCursor === undefined) break;
      await worker.begin(jobs[turn]!.JobID, Date.now()); // moves its StartTime to the top of the list
      if (turn === 1) await shop.operator('POST', '/api/jobs', simpleJob('lathe-11'));
      ({ items, nextCursor } = await page(`limit=3&cursor=${nextCursor}`));
    }
    expect(seen).toEqual(jobs.map(({ JobID }) => JobID).reverse());
  });

  it('orders by start time and ends without a cursor', async () => {
    const { items, nextCursor } = await page('limit=500');
    const starts = items.map(({ StartTime }: JobDto) => StartTime);
    expect(starts).toEqual([...starts].sort().reverse());
    expect(items).toHaveLength(11);
    expect(nextCursor).toBeUndefined();
  });

  it('filters by lathe, status and time', async () => {
    expect((await page('latheId=LATHE-04')).items).toMatchObject([{ JobID: jobs[3]!.JobID }]);
    const running = (await page('status=In%20Progress')).items;
    expect(running.length).toBeGreaterThan(0);
    expect(running.every(({ Status }: JobDto) => Status === 'In Progress')).toBe(true);
    expect((await page(`to=${jobs[0]!.StartTime}`)).items).toEqual([]);
    expect((await page(`from=${jobs[0]!.StartTime}`)).items).toHaveLength(11);
  });

  it.each([
    'limit=0',
    'limit=x',
    'status=Done',
    'latheId=mill',
    'cursor=abc',
    'cursor=WzEsMiwiMyJd',
    'from=today',
    'a=b',
  ])('refuses %s', async (query) => {
    const answer = await shop.operator('GET', `/api/jobs?${query}`);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });

  it('is a plain array at the original address for a lathe', async () => {
    const answer = await shop.operator('GET', '/jobs/LATHE-01');
    expect(answer.body).toMatchObject([{ JobID: jobs[0]!.JobID, latheId: 'lathe-1' }]);
    expect((await shop.operator('GET', '/jobs/lathe-99')).body.code).toBe('lathe_not_found');
    expect((await shop.nobody('GET', '/jobs/lathe-1')).status).toBe(401);
  });
});
