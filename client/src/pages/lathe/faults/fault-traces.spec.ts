import { describe, expect, it } from '@jest/globals';
import type { FaultDto } from '#domain/contract/fault.js';
import type { TelemetryDto } from '#domain/contract/telemetry.js';
import { bandsOf, exerciseWords, faultsOf, storedFaults, TruthTrail } from './fault-traces';

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
      { fromS: S + 1, toS: Number.POSITIVE_INFINITY, words: 'Sensor stuck', channel: 'processTemperature' },
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
    const { timesS, values } = trail.truth.processTemperature!;
    expect(timesS.map((timeS) => Math.round(timeS - S))).toEqual([1, 2, 2, 60]);
    expect(values).toEqual([expect.closeTo(27, 9), expect.closeTo(28, 9), null, expect.closeTo(27, 9)]);
    trail.addPresent([now(400)]);
    expect(trail.truth.processTemperature!.timesS).toEqual([S + 400]);
    expect(trail.truth.rpm).toBeUndefined();
  });

  it('takes the stored past also after the present', () => {
    const trail = new TruthTrail();
    trail.addPresent([fault({ measuredAt: at(20), truth: 302.15 })]);
    const series = { min: [], max: [], mean: [null, 300.15, 301.15] };
    const t = [0, 5, 10].map((seconds) => (S + seconds) * 1000);
    const past = {
      from: at(0),
      to: at(20),
      resolutionMs: 5000,
      t,
      channels: {},
      truth: { processTemperature: series },
    };
    trail.addStored(past);
    expect(trail.truth.processTemperature).toEqual({
      timesS: [S + 5, S + 10, S + 20],
      values: [expect.closeTo(27, 9), expect.closeTo(28, 9), expect.closeTo(29, 9)],
    });
  });
});

describe('the chart of a channel', () => {
  it('shows faults of the machine and of its own sensor alone', () => {
    const bands = bandsOf([fault({}), fault({ type: 'chatter', channel: undefined })]);
    const words = (channel: 'rpm' | 'processTemperature') =>
      faultsOf({ bands, truth: {} }, channel).bands.map((band) => band.words);
    expect(words('rpm')).toEqual(['Chatter']);
    expect(words('processTemperature')).toEqual(['Sensor stuck', 'Chatter']);
    expect(exerciseWords(bands)).toBe('Sensor stuck, Chatter');
    expect(exerciseWords([])).toBeUndefined();
  });
});
