import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Threshold } from '../contract/alert.js';
import { CHANNEL_COUNT, CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';
import { DEFAULT_THRESHOLDS } from './default-thresholds.js';
import { type AlarmChange, evaluateRules } from './evaluate.js';
import { alignMemory, newMemory, restoreMemory, saveMemory } from './rule-memory.js';
import { compileRules } from './rules.js';
import { assertThresholds } from './threshold-check.js';

const TICK_MS = 100;
const torque = (over: Partial<Threshold> = {}): Threshold => ({
  channel: 'torque',
  type: 'HIGH_TORQUE',
  priority: 3,
  high: 100,
  deadband: 5,
  onDelayS: 0.3,
  offDelayS: 0.5,
  ...over,
});

function readings(values: Partial<Record<ChannelName, number>>): Float32Array {
  const channels = new Float32Array(CHANNEL_COUNT);
  for (const [name, value] of Object.entries(values)) channels[CHANNEL_INDEX[name as ChannelName]] = value;
  return channels;
}

/** Plays one channel's readings, a tick apart, and gives each change with the number of its tick. */
function play(thresholds: Threshold[], values: number[], { channel = 'torque' as ChannelName, startMs = 0 } = {}) {
  const set = compileRules(thresholds);
  const memory = newMemory(set);
  return values.flatMap((value, tick) =>
    evaluateRules(set, memory, startMs + tick * TICK_MS, readings({ [channel]: value })).map(
      (change): [number, AlarmChange['kind'], number] => [tick, change.kind, change.priority],
    ),
  );
}
const repeat = (value: number, times: number): number[] => new Array<number>(times).fill(value);

describe('a threshold', () => {
  it('raises only after the on-delay and returns only after the off-delay', () => {
    expect(play([torque()], [...repeat(120, 5), ...repeat(50, 8)])).toEqual([
      [3, 'raised', 3],
      [10, 'returned', 3],
    ]);
  });

  it('forgets an excess shorter than the on-delay', () => {
    expect(play([torque()], [...repeat(120, 3), 99, ...repeat(120, 3), 99])).toEqual([]);
  });

  it('waits its delay and no longer where the clock is set back meanwhile', () => {
    const set = compileRules([torque()]);
    const memory = newMemory(set);
    const HOUR_MS = 3_600_000;
    const kinds = [HOUR_MS, HOUR_MS + 100, 0, 100, 200, 300].map((atMs) =>
      evaluateRules(set, memory, atMs, readings({ torque: 120 })).map(({ kind }) => kind),
    );
    expect(kinds).toEqual([[], [], [], [], [], ['raised']]);
  });

  it('stays raised within the deadband', () => {
    expect(play([torque({ onDelayS: 0, offDelayS: 0 })], [101, 99, 96, 95.5, 95, 94])).toEqual([
      [0, 'raised', 3],
      [4, 'returned', 3],
    ]);
  });

  it('watches a low limit the other way round', () => {
    const low = torque({ low: 10, onDelayS: 0, offDelayS: 0 });
    delete low.high;
    expect(play([low], [20, 9, 14, 15])).toEqual([
      [1, 'raised', 3],
      [3, 'returned', 3],
    ]);
  });

  it('watches the change per second in either direction, over a second or more', () => {
    const rate = torque({ rate: 20, onDelayS: 0, offDelayS: 0 });
    delete rate.high;
    const falling = Array.from({ length: 25 }, (_, tick) => 100 - (tick > 10 ? (tick - 10) * 3 : 0));
    expect(play([rate], [...falling, ...repeat(58, 20)])).toEqual([
      [20, 'raised', 3],
      [30, 'returned', 3],
    ]);
  });

  it('is neither raised nor cleared by an unknown reading, which restarts a delay', () => {
    const unknown = Number.NaN;
    expect(play([torque()], [...repeat(120, 3), unknown, ...repeat(120, 3)])).toEqual([]);
    expect(
      play([torque()], [...repeat(120, 4), ...repeat(unknown, 50), ...repeat(50, 5), unknown, ...repeat(50, 5)]),
    ).toEqual([[3, 'raised', 3]]);
    expect(play([torque({ onDelayS: 0 })], repeat(unknown, 20))).toEqual([]);
  });

  it('of several priorities makes one alarm that escalates, and can escalate again', () => {
    const both = [
      torque({ onDelayS: 0, offDelayS: 0 }),
      torque({ priority: 1, high: 150, onDelayS: 0, offDelayS: 0, stop: true }),
    ];
    expect(play(both, [120, 160, 120, 160, 50, 170])).toEqual([
      [0, 'raised', 3],
      [1, 'escalated', 1],
      [3, 'escalated', 1],
      [4, 'returned', 1],
      [5, 'raised', 1],
    ]);
  });

  it('gives reading, limit and whether it stops', () => {
    const set = compileRules([torque({ priority: 1, onDelayS: 0, stop: true, latching: true })]);
    expect(evaluateRules(set, newMemory(set), 7, readings({ torque: 120 }))).toEqual([
      {
        kind: 'raised',
        type: 'HIGH_TORQUE',
        channel: 'torque',
        priority: 1,
        atMs: 7,
        value: 120,
        limit: 100,
        bound: 'high',
        isLatching: true,
        stop: true,
      },
    ]);
  });
});

describe('evaluation over any readings', () => {
  const valuesArb = fc.array(fc.oneof(fc.double({ min: 0, max: 200, noNaN: true }), fc.constant(Number.NaN)), {
    maxLength: 120,
  });
  const thresholds = [torque(), torque({ priority: 2, high: 140, onDelayS: 0 })];

  it('alternates between raising and returning', () => {
    fc.assert(
      fc.property(valuesArb, (values) => {
        let isRaised = false;
        for (const [, kind] of play(thresholds, values)) {
          expect(kind === 'raised').toBe(!isRaised);
          if (kind !== 'escalated') isRaised = kind === 'raised';
          else expect(isRaised).toBe(true);
        }
      }),
    );
  });

  it('gives the same changes at another time of day', () => {
    fc.assert(
      fc.property(valuesArb, fc.integer({ min: 1, max: 1e12 }), (values, startMs) => {
        expect(play(thresholds, values, { startMs })).toEqual(play(thresholds, values));
      }),
    );
  });

  it('goes on after a restart as if nothing had happened', () => {
    fc.assert(
      fc.property(valuesArb, fc.nat(119), (values, cut) => {
        const set = compileRules(thresholds);
        let memory = newMemory(set);
        const seen = values.flatMap((value, tick) => {
          if (tick === cut) memory = restoreMemory(set, JSON.parse(JSON.stringify(saveMemory(set, memory))));
          return evaluateRules(set, memory, tick * TICK_MS, readings({ torque: value })).map(({ kind }) => [
            tick,
            kind,
          ]);
        });
        expect(seen).toEqual(play(thresholds, values).map(([tick, kind]) => [tick, kind]));
      }),
    );
  });
});

describe('memory of the rules', () => {
  it('saves nothing for a lathe on which nothing happens', () => {
    const set = compileRules([...DEFAULT_THRESHOLDS]);
    const memory = newMemory(set);
    evaluateRules(set, memory, 0, readings({ remainingUsefulLife: 8 }));
    expect(saveMemory(set, memory)).toEqual({ rules: {}, announced: {} });
  });

  it('lets an alarm that it did not know of return, and raises one that was lost', () => {
    const set = compileRules([torque({ onDelayS: 0, offDelayS: 0 })]);
    const memory = newMemory(set);
    alignMemory(set, memory, new Map([['HIGH_TORQUE:torque', 3]]));
    expect(evaluateRules(set, memory, 0, readings({ torque: 1 })).map(({ kind }) => kind)).toEqual(['returned']);
    evaluateRules(set, memory, 1, readings({ torque: 120 }));
    alignMemory(set, memory, new Map());
    expect(evaluateRules(set, memory, 2, readings({ torque: 120 })).map(({ kind }) => kind)).toEqual(['raised']);
  });
});

describe('default thresholds', () => {
  const healthy: Partial<Record<ChannelName, number>> = {
    rpm: 1061,
    torque: 48,
    power: 5330,
    processTemperature: 348,
    vibration: 1.6,
    flankWear: 0.2,
    failureProbability: 0.4,
    health: 0.6,
    remainingUsefulLife: 8,
  };
  const sensed = ['rpm', 'torque', 'vibration', 'processTemperature'] as const;
  const raisedBy = (fault: Partial<Record<ChannelName, number>>) => {
    const set = compileRules([...DEFAULT_THRESHOLDS]);
    const memory = newMemory(set);
    const seen: string[] = [];
    for (let atMs = 0; atMs < 20_000; atMs += TICK_MS) {
      const shown = readings({ ...healthy, ...fault });
      for (const name of sensed) shown[CHANNEL_INDEX[name]]! *= 1 + (atMs % 300) * 1e-6; // a sensor that lives is never quite still
      for (const change of evaluateRules(set, memory, atMs, shown)) {
        seen.push(`${change.type} ${change.priority}${change.stop ? ' stop' : ''}`);
      }
    }
    return seen;
  };

  it('contradict nothing', () => expect(() => assertThresholds(DEFAULT_THRESHOLDS)).not.toThrow());

  it('leave a healthy job alone', () => expect(raisedBy({})).toEqual([]));

  it.each<[string, Partial<Record<ChannelName, number>>, string[]]>([
    ['a worn edge', { flankWear: 0.33, failureProbability: 0.84 }, ['TOOL_WEAR 3', 'FAILURE_RISK 3']],
    ['a broken edge', { flankWear: 0.6, failureProbability: 1 }, ['TOOL_WEAR 1', 'FAILURE_RISK 2']],
    ['lost coolant', { processTemperature: 438 }, ['HIGH_TEMPERATURE 2']],
    ['a drill at its end', { vibration: 8 }, ['HIGH_VIBRATION 3']],
    ['full chatter', { vibration: 11.9 }, ['HIGH_VIBRATION 1 stop']],
    ['a hard spot', { torque: 180, power: 12_000 }, ['HIGH_TORQUE 3', 'POWER_LIMIT 3']],
  ])('notice %s', (_, fault, expected) => expect(raisedBy(fault)).toEqual(expected));
});

describe('a set of thresholds', () => {
  const faultsOf = (thresholds: Threshold[]): string[] => {
    try {
      assertThresholds(thresholds);
    } catch (error) {
      return (error as { errors: { path: string }[] }).errors.map(({ path }) => path);
    }
    return [];
  };

  it('is refused where it repeats, contradicts or oversteps', () => {
    expect(faultsOf([torque(), torque()])).toEqual(['1.priority']);
    expect(faultsOf([torque({ stop: true })])).toEqual(['0.stop']);
    expect(faultsOf([torque({ low: 95 })])).toEqual(['0.low']);
    expect(faultsOf([torque({ type: 'MANUAL' })])).toEqual(['0.type']);
    expect(faultsOf([torque(), torque({ priority: 1, high: 150, stop: true })])).toEqual([]);
  });
});
