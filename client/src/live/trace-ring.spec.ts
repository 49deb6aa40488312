import { describe, expect, it } from '@jest/globals';
import { TraceRing } from './trace-ring';

const filled = (capacity: number, samples: number) => {
  const ring = new TraceRing(capacity, 2);
  for (let i = 1; i <= samples; i++) ring.push(i, (column) => 10 * i + column);
  return ring;
};

describe('TraceRing', () => {
  it('keeps the newest samples in order after many rounds', () => {
    const ring = filled(4, 23);
    expect([...ring.times()]).toEqual([20, 21, 22, 23]);
    expect([...ring.column(0)]).toEqual([200, 210, 220, 230]);
    expect([...ring.column(1)]).toEqual([201, 211, 221, 231]);
    expect(ring.newestS).toBe(23);
  });

  it('holds fewer while it is not full', () => {
    expect([...filled(4, 2).times()]).toEqual([1, 2]);
  });

  it('ignores a time that is not newer', () => {
    const ring = filled(4, 3);
    ring.push(3, () => 0);
    ring.push(2.5, () => 0);
    expect([...ring.column(0)]).toEqual([10, 20, 30]);
  });

  it('is empty after clear and takes older times again', () => {
    const ring = filled(4, 9);
    ring.clear();
    expect(ring.length).toBe(0);
    ring.push(1, () => 5);
    expect([...ring.column(1)]).toEqual([5]);
  });
});
