import { describe, expect, it } from '@jest/globals';
import { MachiningInputError } from './errors.js';
import { type SimulationRequest, simulate } from './simulate.js';

const run: SimulationRequest = {
  jobType: 'turning',
  material: 'Alloy Steel 4140',
  toolNo: 1,
  parameters: { mode: 'constantRpm', cuttingSpeed: 200, diameter: 60, depthOfCut: 2, feed: 0.25, length: 100 },
  minutes: 20,
  dt: 1,
  noise: false,
  airTemperature: 300,
  diameterHeld: true,
};

function within(actual: number | null, expected: number, tolerance: number): void {
  expect(actual).not.toBeNull();
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThanOrEqual(tolerance);
}

describe('accelerated run', () => {
  it('reaches the plausible state of 4140 after 20 min in flood', () => {
    const { end, t, channels } = simulate(run);
    within(end.flankWear, 0.209, 0.03 * 0.209);
    within(end.torque, 48, 0.03 * 48);
    within(end.power, 5330, 0.03 * 5330);
    within(end.toolNode, 337, 3);
    within(end.workNode, 327, 3);
    within(end.spindleNode, 305, 3);
    within(end.coolantNode, 306, 3);
    within(end.cuttingZone, 1042, 0.03 * 1042);
    within(end.vibration, 1.6, 0.03 * 1.6);
    expect(t).toHaveLength(200);
    expect(channels.rpm).toHaveLength(200);
    expect(t.at(-1)).toBeCloseTo(20, 9);
  });

  it('runs hotter and wears faster dry', () => {
    const dry = simulate({ ...run, minutes: 10, parameters: { ...run.parameters, coolant: 'dry' } });
    within(dry.end.toolNode, 448, 3);
    within(dry.end.cuttingZone, 1257, 0.03 * 1257);
    within(dry.end.flankWear, 0.172, 0.03 * 0.172);
  });

  it('is the same for the same request and differs with the seed', () => {
    const noisy = { ...run, noise: true, minutes: 2, points: 20 };
    expect(simulate(noisy)).toEqual(simulate(noisy));
    expect(simulate({ ...noisy, seed: 2 }).end.torque).not.toBe(simulate(noisy).end.torque);
  });

  it.each(['turning', 'facing', 'boring', 'drilling', 'threading', 'knurling'])(
    'moves no end value of %s by more than half a percent when the tick is halved',
    (jobType) => {
      const job: SimulationRequest = { jobType, material: 'Mild Steel', minutes: 9, noise: false };
      const coarse = simulate({ ...job, dt: 1 }).end;
      const fine = simulate({ ...job, dt: 0.5 }).end;
      const names = ['toolWear', 'flankWear', 'remainingUsefulLife', 'toolNode', 'spindleNode', 'coolantNode'] as const;
      expect(coarse.partsDone).toBe(fine.partsDone);
      for (const name of names) within(coarse[name], fine[name] ?? 0, 0.005 * Math.abs(fine[name] ?? 0));
    },
  );

  it('makes parts, one after another', () => {
    const { end, events } = simulate({ jobType: 'facing', material: 'Mild Steel', minutes: 5, noise: false });
    expect(end.partsDone).toBeGreaterThan(3);
    expect(events.filter((event) => event.type === 'partDone')).toHaveLength(end.partsDone);
    expect(events.at(-1)?.type).toBe('jobCompleted');
  });

  it('injects faults at their minute', () => {
    const { events, end } = simulate({
      ...run,
      faults: [{ type: 'toolBreakage', severity: 1, atMinute: 5 }],
    });
    expect(events.map((event) => event.type)).toEqual(['faultStarted', 'toolBroken']);
    within(events[1]?.atMinute ?? 0, 5, 0.02);
    expect(end.failureProbability).toBe(1);
    expect(end.health).toBe(0);
  });

  it.each([0.1, 1])(
    'holds the feed for a minute after a breakage, the spindle against its friction alone, at dt %p',
    (dt) => {
      const { end, t, channels } = simulate({
        ...run,
        dt,
        faults: [{ type: 'toolBreakage', severity: 1, atMinute: 1 }],
      });
      expect(end.rpm).toBeCloseTo(1061.03, 1);
      expect(end.torque).toBeCloseTo(1.5 + 0.0004 * 1061.03, 4);
      expect(end.power).toBeCloseTo((end.torque! * end.rpm! * 2 * Math.PI) / 60, 9);
      expect([end.cuttingForce, end.remainingUsefulLife, end.toolLife, end.failureProbability]).toEqual([0, 0, 0, 1]);
      within(end.cuttingZone, end.workNode!, 0.1);
      expect(end.toolWear).toBeLessThan(1);
      within(t.at(-1)!, 2, 0.02);
      expect(channels.cuttingForce.filter((force) => force === 0).length).toBeGreaterThanOrEqual(10);
    },
  );

  it('names a refused fault by its place in the request', () => {
    const faults = [
      { type: 'chatter', severity: 1, atMinute: 1 },
      { type: 'sensorStuck', severity: 1, atMinute: 1, channel: 'smell' },
    ];
    expect(() => simulate({ ...run, faults })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ path: 'faults.1.channel' })] }),
    );
  });

  it.each([
    { minutes: 0 },
    { minutes: 1441 },
    { dt: 0.001 },
    { seed: -1 },
    { seed: 1.5 },
    { airTemperature: 400 },
    { points: 1 },
    { faults: [{ type: 'chatter', severity: 2, atMinute: 1 }] },
    { faults: [{ type: 'rust', severity: 1, atMinute: 1 }] },
  ])('refuses %p', (bad) => {
    expect(() => simulate({ ...run, ...bad })).toThrow(MachiningInputError);
  });

  it('computes a shift within a second', () => {
    const start = performance.now();
    simulate({ ...run, diameterHeld: false, minutes: 480, noise: true });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
