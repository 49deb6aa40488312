import { describe, expect, it } from '@jest/globals';
import { type InjectedSample, mergeInjected, summariseInjected } from './injected.js';

const stuck = { id: '1-0', type: 'sensorStuck', severity: 1, channel: 'torque' } as const;
const worn = (severity: number) => ({ id: '2-0', type: 'bearingWear', severity }) as const;
const sample = (n: number, changes: Partial<InjectedSample>): InjectedSample => ({
  n,
  t: 1000 * n,
  job: 'JOB_1',
  faults: [stuck],
  truth: { torque: 10 * n },
  ...changes,
});

describe('a summary of what was injected', () => {
  it('holds the true values of faulty channels and one span for each fault, in any order of samples', () => {
    const samples = [
      sample(3, { faults: [stuck, worn(0.4)] }),
      sample(1, { faults: [worn(0.2)], truth: {} }),
      sample(2, {}),
    ];
    expect(summariseInjected(samples)).toEqual({
      truth: { torque: { count: 2, min: 20, max: 30, mean: 25, last: 30 } },
      faults: [
        { ...worn(0.4), job: 'JOB_1', fromMs: 1000, toMs: 3000 },
        { ...stuck, job: 'JOB_1', fromMs: 2000, toMs: 3000 },
      ],
    });
    expect(summariseInjected([])).toBeUndefined();
  });

  it('of parts is that of the whole', () => {
    const samples = [1, 2, 3, 4, 5].map((n) => sample(n, {}));
    const parts = [summariseInjected(samples.slice(0, 2)), undefined, summariseInjected(samples.slice(2))];
    expect(mergeInjected(parts)).toEqual(summariseInjected(samples));
    expect(mergeInjected([undefined])).toBeUndefined();
  });

  it('counts no truth that is unknown itself', () => {
    const summary = summariseInjected([sample(1, { truth: { torque: null } }), sample(2, {})]);
    expect(summary?.truth.torque).toMatchObject({ count: 1, mean: 20 });
  });
});
