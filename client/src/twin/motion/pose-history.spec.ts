import { describe, expect, it } from '@jest/globals';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { POSE, POSE_CHANNELS, PoseHistory } from './pose-history';

function record(x: number): Float32Array {
  const values = new Float32Array(CHANNEL_COUNT).fill(Number.NaN);
  values[CHANNEL_INDEX.x] = x;
  values[CHANNEL_INDEX.z] = 2 * x;
  return values;
}

function historyOf(...xs: number[]): PoseHistory {
  const history = new PoseHistory(2);
  xs.forEach((x, i) => {
    history.push(1, 1000 + 100 * i, record(x), 0);
  });
  return history;
}

const out = new Float64Array(POSE_CHANNELS.length);

describe('PoseHistory', () => {
  it('reads between two ticks on the line that joins them', () => {
    historyOf(10, 20, 30).sample(1, 1125, 100, out);
    expect(out[POSE.x]).toBeCloseTo(22.5, 6);
    expect(out[POSE.z]).toBeCloseTo(45, 6);
  });

  it('reaches back over more than one tick', () => {
    historyOf(10, 20, 30, 40).sample(1, 1050, 100, out);
    expect(out[POSE.x]).toBeCloseTo(15, 6);
  });

  it('carries on for the allowed time and then holds', () => {
    const history = historyOf(10, 20);
    history.sample(1, 1150, 100, out);
    expect(out[POSE.x]).toBeCloseTo(25, 6);
    history.sample(1, 9000, 100, out);
    expect(out[POSE.x]).toBeCloseTo(30, 6);
  });

  it('holds the oldest tick for times before it', () => {
    historyOf(10, 20).sample(1, 0, 100, out);
    expect(out[POSE.x]).toBeCloseTo(10, 6);
  });

  it('knows nothing of a lathe without ticks', () => {
    expect(historyOf(10).sample(0, 1000, 100, out)).toBe(false);
  });

  it('ignores a tick that comes twice or late', () => {
    const history = historyOf(10, 20);
    history.push(1, 1100, record(99), 0);
    history.push(1, 1050, record(99), 0);
    history.sample(1, 1100, 0, out);
    expect(out[POSE.x]).toBeCloseTo(20, 6);
  });

  it('starts anew when the clock of the producer was set back', () => {
    const history = historyOf(10, 20);
    history.push(1, 1000 - 60_000, record(5), 0);
    history.sample(1, 1000 - 60_000, 0, out);
    expect(out[POSE.x]).toBe(5);
  });

  it('takes the known value where a neighbour is unknown', () => {
    const history = historyOf(Number.NaN, 20);
    history.sample(1, 1050, 0, out);
    expect(out[POSE.x]).toBe(20);
  });
});
