import { describe, expect, it } from '@jest/globals';
import type { FaultDto } from '#domain/contract/fault.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import { bandsOf, storedFaults, TruthTrail } from './fault-traces';

const at = (seconds: number) => new Date(1_750_000_000_000 + seconds * 1000).toISOString();
const S = 1_750_000_000;
const fault = (changes: Partial<FaultDto>): FaultDto => ({
  id: '1-0',
  jobId: 'JOB_1',
  type: 'sensorStuck',
  channel: 'processTemperature',
  severity: 1,
  severityNow: 1,
  state: 'active',
  by: 'Yash',
  requestedAt: at(0),
  startedAt: at(1),
  afterMinutes: 0,
  rampMinutes: 0,
  forMinutes: null,
  ...changes,
});

describe('bands of faults', () => {
  it('reach from start to end, to the end of the trace while the fault acts, and are not drawn before it begins', () => {
    const { startedAt: _, ...waiting } = fault({ state: 'waiting' });
    expect(bandsOf([fault({}), fault({ type: 'chatter', endedAt: at(9) }), waiting])).toEqual([
      { fromS: S + 1, toS: Number.POSITIVE_INFINITY, words: 'Sensor stuck (Process temperature)' },
      expect.objectContaining({ fromS: S + 1, toS: S + 9 }),
    ]);
  });

  it('of stored data cover the buckets that they lie in', () => {
    const nothing = { min: [null, 300], max: [null, 300], mean: [null, 300.15] };
    const told: TelemetryDto = {
      from: at(0),
      to: at(20),
      resolutionMs: 10_000,
      t: [S * 1000, S * 1000 + 10_000],
      channels: {},
      truth: { processTemperature: nothing },
      faults: [{ id: '1-0', type: 'imbalance', severity: 1, job: 'J', fromMs: (S + 13) * 1000, toMs: (S + 14) * 1000 }],
    };
    const { bands, truth } = storedFaults(told);
    expect(bands).toEqual([{ fromS: S + 10, toS: S + 23, words: 'Unbalanced chuck' }]);
    expect(truth.processTemperature).toEqual({ timesS: [S, S + 10], values: [null, expect.closeTo(27, 9)] });
  });
});

describe('the trail of true values', () => {
  it('grows in shown units, each moment once, without a line over a gap', () => {
    const trail = new TruthTrail();
    const now = (seconds: number, truth: number | null = 300.15) => fault({ measuredAt: at(seconds), truth });
    trail.addPresent([now(1)]);
    trail.addPresent([now(1), fault({ type: 'chatter' })]);
    trail.addPresent([now(2, 301.15)]);
    trail.addPresent([now(3, null)]);
    trail.addPresent([now(60)]);
    const { timesS, values } = trail.of('processTemperature')!;
    expect(timesS.map((timeS) => Math.round(timeS - S))).toEqual([1, 2, 2, 60]);
    expect(values).toEqual([expect.closeTo(27, 9), expect.closeTo(28, 9), null, expect.closeTo(27, 9)]);
    trail.addPresent([now(400)]);
    expect(trail.of('processTemperature')!.timesS.at(0)).toBeGreaterThan(S + 100 - 1e-6);
    expect(trail.of('rpm')).toBeUndefined();
  });
});
