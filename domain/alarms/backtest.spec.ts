import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Threshold } from '../contract/alert.js';
import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { Backtest } from './backtest.js';
import { evaluateRules } from './evaluate.js';
import { bestOf, improvementsOf } from './improvement.js';
import { newMemory } from './rule-memory.js';
import { compileRules } from './rules.js';

const SAMPLE_MS = 5000;
const limit = (more: Partial<Threshold> = {}): Threshold => ({
  ...{ channel: 'torque', type: 'HIGH_TORQUE', priority: 3, high: 100, deadband: 5, onDelayS: 0, offDelayS: 0 },
  ...more,
});
function readings(values: Partial<Record<ChannelName, number>>): Float32Array {
  const channels = new Float32Array(CHANNEL_COUNT);
  for (const [name, value] of Object.entries(values)) channels[CHANNEL_INDEX[name as ChannelName]] = value;
  return channels;
}
function trial(thresholds: Threshold[], torques: number[]): Backtest {
  const test = new Backtest(thresholds);
  test.beginJob(0, {});
  for (const [i, torque] of torques.entries()) test.add(i * SAMPLE_MS, readings({ torque }));
  return test;
}

describe('a backtest', () => {
  it('counts alarms, those that chatter and those that are over at once, by type and priority', () => {
    // raised at 5, 15, 25 s and, two minutes later, at 150 s for 15 s
    const torques = [50, 120, 50, 120, 50, 120, 50, ...new Array(23).fill(50), 120, 120, 120, 50];
    expect(trial([limit(), limit({ type: 'POWER_LIMIT', channel: 'power', high: 9000 })], torques).result()).toEqual({
      ...{ alarms: 4, chattering: 1, fleeting: 3 },
      byType: {
        HIGH_TORQUE: { alarms: 4, chattering: 1, fleeting: 3 },
        POWER_LIMIT: { alarms: 0, chattering: 0, fleeting: 0 },
      },
      byPriority: { 1: 0, 2: 0, 3: 4, 4: 0 },
    });
  });

  it('ends alarms of the cut with their job, and keeps those of a tool until the tool is in use again', () => {
    const worn = limit({ type: 'TOOL_WEAR', channel: 'flankWear', high: 0.3, deadband: 0.02 });
    const test = new Backtest([limit(), worn]);
    const wear = (atMs: number, toolNo: number, flankWear: number) => {
      test.beginJob(atMs, { toolNo });
      test.add(atMs, readings({ torque: 120, flankWear }));
    };
    wear(0, 1, 0.4);
    wear(60_000, 2, 0.1);
    wear(120_000, 1, 0.41);
    wear(180_000, 1, 0);
    expect(test.countsOf('HIGH_TORQUE:torque').alarms).toBe(4);
    expect(test.countsOf('TOOL_WEAR:flankWear').alarms).toBe(1);
    wear(240_000, 1, 0.4);
    expect(test.countsOf('TOOL_WEAR:flankWear').alarms).toBe(2);
  });

  it('counts what the rules raise live on the same readings', () => {
    const thresholds = [limit({ onDelayS: 7 }), limit({ priority: 2, high: 150 })];
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 200 }), (torques) => {
        const set = compileRules(thresholds);
        const memory = newMemory(set);
        const live = torques.flatMap((torque, i) =>
          evaluateRules(set, memory, i * SAMPLE_MS, readings({ torque })).filter(({ kind }) => kind === 'raised'),
        );
        expect(trial(thresholds, torques).result().alarms).toBe(live.length);
      }),
    );
  });
});

describe('an improvement', () => {
  const torques = Array.from({ length: 400 }, (_, i) => (i % 2 ? 102 : 93));
  const counts = (thresholds: readonly Threshold[]) => trial([...thresholds], torques).countsOf('HIGH_TORQUE:torque');

  it('is the cheapest change that halves the alarms, on all limits of that alarm', () => {
    const thresholds = [limit(), limit({ priority: 2, high: 150 }), limit({ type: 'POWER_LIMIT', channel: 'power' })];
    const improvements = improvementsOf(thresholds, { type: 'HIGH_TORQUE', channel: 'torque' });
    const before = counts(thresholds);
    const best = bestOf(
      before,
      improvements.map((improvement) => counts(improvement.thresholds)),
    )!;
    expect(before.alarms).toBe(200);
    expect(improvements[best]!.change).toEqual({ deadband: 10 });
    expect(improvements[best]!.thresholds.map(({ deadband }) => deadband)).toEqual([10, 10, 5]);
  });

  it('is not proposed where nothing helps or the limit is not known', () => {
    expect(bestOf({ alarms: 10, chattering: 0, fleeting: 0 }, [{ alarms: 9, chattering: 0, fleeting: 0 }])).toBe(
      undefined,
    );
    expect(improvementsOf([limit()], { type: 'HIGH_TORQUE', channel: 'power' })).toEqual([]);
  });

  it('never leaves limits that contradict each other', () => {
    const narrow = [limit({ low: 80, deadband: 5 })];
    const deadbands = improvementsOf(narrow, narrow[0]!).flatMap(({ change }) => change.deadband ?? []);
    expect(deadbands).toEqual([]);
  });
});
