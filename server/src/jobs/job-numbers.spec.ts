import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openShop, type Shop } from '../../test/shop.js';
import { JobNumbers } from './job-numbers.js';

let shop: Shop;
let numbers: JobNumbers;

beforeAll(async () => {
  shop = await openShop({ FLEET_SIZE: '1' });
  numbers = shop.app.get(JobNumbers, { strict: false });
});
afterAll(() => shop?.close());

describe('job numbers', () => {
  it('gives everybody who asks at once a number of their own, without a gap', async () => {
    const noon = new Date('2031-05-06T12:00:00Z');
    const given = await Promise.all(Array.from({ length: 100 }, () => numbers.next(noon)));
    const wanted = Array.from({ length: 100 }, (_, i) => `JOB_20310506_${String(i + 1).padStart(3, '0')}`);
    expect(given.sort()).toEqual(wanted);
  });

  it('counts by the UTC day and beyond three digits', async () => {
    const day = new Date('2031-05-07T23:59:59.999Z');
    expect(await numbers.next(day)).toBe('JOB_20310507_001');
    expect(await numbers.next(new Date(day.getTime() + 1))).toBe('JOB_20310508_001');
    const rest = await Promise.all(Array.from({ length: 999 }, () => numbers.next(day)));
    expect(rest).toContain('JOB_20310507_1000');
  });
});
