import { describe, expect, it } from '@jest/globals';
import { CHANNEL_INDEX, CHANNEL_NAMES } from '../telemetry/channels.js';
import { failureModes } from './failure.js';
import { type FaultInjection, injectFault } from './faults.js';
import { createMachineState, type MachineState } from './machine-state.js';
import { planJob } from './plan.js';
import { beginJob, drainEvents, step } from './step.js';
import { surfaceRoughnessUm } from './surface.js';
import { bearingVibration, chatterVibration, TURNING_DYNAMICS, unbalanceVibration } from './vibration.js';

const C = CHANNEL_INDEX;
const RPM = 1000;
const FRICTION_NM = 1.5 + 0.0004 * RPM;

interface Cut {
  faults?: FaultInjection[];
  noise?: boolean;
  parameters?: Record<string, number | string>;
  seconds?: number;
}

/** 4140 in one endless pass at 1000 1/min, 20 s after its start. */
function cutting({ faults = [], noise = false, parameters = {}, seconds = 20 }: Cut = {}): MachineState {
  const state = createMachineState(5);
  const cut = { rpm: RPM, diameter: 40, depthOfCut: 2, feed: 0.2, endDiameter: 30, ...parameters };
  const plan = planJob({ jobType: 'turning', material: 'Alloy Steel 4140', parameters: cut as never });
  beginJob(state, plan, { seed: 5, estimatedMinutes: 100, noise, diameterHeld: true });
  for (const fault of faults) injectFault(state, fault);
  return run(state, seconds);
}

function run(state: MachineState, seconds: number): MachineState {
  for (let i = 0; i < Math.round(seconds * 10); i++) step(state, 0.1);
  return state;
}

const truth = (state: MachineState, name: keyof typeof C): number => state.truth[C[name]]!;
const tool = (state: MachineState) => state.tools[0]!;
/** What a part adds to the sum of squares that vibration is. */
const share = (state: MachineState, than: MachineState): number =>
  Math.sqrt(truth(state, 'vibration') ** 2 - truth(than, 'vibration') ** 2);
/** Channels whose true value differs. */
const changed = (state: MachineState, than: MachineState): string[] =>
  CHANNEL_NAMES.filter((_, i) => !Object.is(state.truth[i], than.truth[i]));
const ratio = (name: keyof typeof C, state: MachineState, than: MachineState): number =>
  truth(state, name) / truth(than, name);
/** Standard deviation of torque readings over their truth. */
function torqueScatter(state: MachineState): number {
  const shares: number[] = [];
  for (let i = 0; i < 3000; i++) {
    step(state, 0.1);
    shares.push(state.measured[C.torque]! / state.truth[C.torque]! - 1);
  }
  return Math.sqrt(shares.reduce((sum, each) => sum + each * each, 0) / shares.length);
}
const fault = (type: string, severity = 1, more: Partial<FaultInjection> = {}): FaultInjection => ({
  type,
  severity,
  ...more,
});

describe('toolBreakage', () => {
  const sound = cutting();
  const [torque, vibration, rpm] = [truth(sound, 'torque'), truth(sound, 'vibration'), truth(sound, 'rpm')];

  it.each([
    ['chipped', 0.49],
    ['broken', 0.5],
  ])('%s, at severity %p: torque peaks for 0.3 s, speed flares, vibration bursts for 1 s', (outcome, severity) => {
    const state = cutting();
    injectFault(state, fault('toolBreakage', severity));
    for (let tick = 1; tick <= 14; tick++) {
      step(state, 0.1);
      const after = outcome === 'broken' ? FRICTION_NM : FRICTION_NM + 0.4 * (torque - FRICTION_NM);
      if (tick <= 3) {
        expect(truth(state, 'torque')).toBeCloseTo(1.5 * torque, 2);
        expect(truth(state, 'rpm')).toBeCloseTo(1.02 * rpm, 1);
      } else {
        const worn = (1 + tool(state).flankWearMm) / (1 + tool(sound).flankWearMm); // a chipped edge is a worn one too
        expect((truth(state, 'torque') - FRICTION_NM) / worn).toBeCloseTo(after - FRICTION_NM, 1);
        expect(truth(state, 'rpm')).toBeCloseTo(rpm, 3);
      }
      expect(truth(state, 'power')).toBeCloseTo((truth(state, 'torque') * truth(state, 'rpm') * 2 * Math.PI) / 60, 6);
      if (tick <= 10) expect(truth(state, 'vibration') / vibration).toBeCloseTo(5, 1);
      else expect(truth(state, 'vibration')).toBeLessThan(vibration);
    }
    expect(tool(state)).toMatchObject({ broken: outcome === 'broken', chipped: outcome === 'chipped' });
  });

  it('broken: no cut, no life, failure certain, the zone cools to the work, the surface is scrap, the spindle stops', () => {
    const state = cutting();
    injectFault(state, fault('toolBreakage'));
    run(state, 1.4);
    expect(state.job?.status).toBe('toolBroken');
    expect([truth(state, 'cuttingForce'), truth(state, 'remainingUsefulLife')]).toEqual([0, 0]);
    expect([truth(state, 'failureProbability'), truth(state, 'health')]).toEqual([1, 0]);
    expect(truth(state, 'torque')).toBeCloseTo(FRICTION_NM, 3);
    expect(surfaceRoughnessUm(state)).toBeNull();
    run(state, 8);
    expect(state.nodes.zone - state.nodes.work).toBeLessThan(1);
    expect([truth(state, 'rpm'), truth(state, 'torque'), truth(state, 'vibration')]).toEqual([0, 0, 0]);
  });

  it('chipped: half a life is gone, force is 0.4 of it, readings scatter four times, roughness trebles', () => {
    const state = cutting();
    const life = tool(state).lifeUsed;
    step(injected(state, fault('toolBreakage', 0.3)), 0.1);
    expect(tool(state).lifeUsed - life).toBeCloseTo(0.5, 3);
    run(state, 2);
    const worn = (1 + tool(state).flankWearMm) / (1 + tool(sound).flankWearMm);
    expect(ratio('cuttingForce', state, sound)).toBeCloseTo(0.4 * worn, 3);
    const finish = (1 + (0.5 * tool(state).flankWearMm) / 0.3) / (1 + (0.5 * tool(sound).flankWearMm) / 0.3);
    expect(surfaceRoughnessUm(state)! / surfaceRoughnessUm(sound)!).toBeCloseTo(3 * finish, 2);
    const scatter = torqueScatter(cutting({ noise: true, faults: [fault('toolBreakage', 0.3)], seconds: 5 }));
    expect(scatter / torqueScatter(cutting({ noise: true }))).toBeCloseTo(4, 0);
  });
});

function injected(state: MachineState, wish: FaultInjection): MachineState {
  injectFault(state, wish);
  return state;
}

describe('bearingWear', () => {
  it('grows to its severity in ten minutes unless told otherwise', () => {
    const state = cutting({ faults: [fault('bearingWear', 0.6)], seconds: 60 });
    expect(state.bearingWear).toBeCloseTo(0.06, 3);
    expect(run(state, 540).bearingWear).toBeCloseTo(0.6, 3);
    expect(run(state, 60).bearingWear).toBe(0.6);
  });

  it('rubs, heats the spindle, shakes, and makes failure likelier and the surface rougher', () => {
    const wish = fault('bearingWear', 0.5, { rampS: 0 });
    const [sound, worn] = [cutting({ seconds: 300 }), cutting({ seconds: 300, faults: [wish] })];
    expect(truth(worn, 'torque') - truth(sound, 'torque')).toBeCloseTo(FRICTION_NM * 2 * 0.5, 6);
    expect(worn.nodes.spindle).toBeGreaterThan(sound.nodes.spindle + 0.3);
    const bearing = Math.sqrt(bearingVibration(RPM, 0.5) ** 2 - bearingVibration(RPM, 0) ** 2);
    expect(share(worn, sound)).toBeCloseTo(bearing, 6);
    expect(bearingVibration(RPM, 0.5) / bearingVibration(RPM, 0)).toBeCloseTo(1 + 30 * 0.5, 9);
    expect(surfaceRoughnessUm(worn)! / surfaceRoughnessUm(sound)!).toBeCloseTo(1 + 0.3 * 0.5, 9);
    const modes = (wb: number) => failureModes(0.1, 20, false, wb, 0.3, 300).bearing;
    expect(modes(0.5)).toBeCloseTo(1 - Math.exp(-1e-6 * 1000 ** 0.5 * 10), 12);
    expect(truth(worn, 'failureProbability')).toBeGreaterThan(truth(sound, 'failureProbability'));
    expect(changed(worn, sound).sort()).toEqual(
      ['failureProbability', 'health', 'power', 'torque', 'vibration'].sort(),
    );
  });
});

describe('coolantLoss', () => {
  const lost = cutting({ faults: [fault('coolantLoss')], seconds: 600 });
  const dry = cutting({ parameters: { coolant: 'dry' }, seconds: 600 });
  const flood = cutting({ seconds: 600 });

  it('makes the cut as hard and as hot as a dry one, slower', () => {
    const sharp = (state: MachineState) => truth(state, 'cuttingForce') / (1 + tool(state).flankWearMm);
    expect(sharp(lost) / sharp(flood)).toBeCloseTo(1.08, 3);
    expect(lost.nodes.tool / dry.nodes.tool).toBeCloseTo(1, 2);
    expect(lost.nodes.zone - lost.nodes.work).toBeCloseTo(dry.nodes.zone - dry.nodes.work, -1);
    expect(lost.nodes.tool).toBeGreaterThan(flood.nodes.tool + 50);
    // the holder follows with 210 s instead of 42 s: two thirds of the way after that time
    const early = cutting({ faults: [fault('coolantLoss')], seconds: 211 });
    const start = 300;
    expect((early.nodes.tool - start) / (lost.nodes.tool - start)).toBeCloseTo(
      (1 - Math.exp(-1)) / (1 - Math.exp(-600 / 210)),
      1,
    );
  });

  it('halves the life of a tool in flood and roughens the surface', () => {
    const cool = cutting({ parameters: { cuttingSpeed: 60, rpm: 480 } });
    const hot = cutting({ parameters: { cuttingSpeed: 60, rpm: 480 }, faults: [fault('coolantLoss')] });
    expect(tool(hot).lifeMin / tool(cool).lifeMin).toBeCloseTo(0.5, 2); // no softening at this speed
    const marks = (state: MachineState) => surfaceRoughnessUm(state)! / (1 + (0.5 * tool(state).flankWearMm) / 0.3);
    expect(marks(hot) / marks(cool)).toBeCloseTo((1.1 + 0.3) / 1.1, 2);
  });

  it('blends by its severity, and a dry cut has nothing to lose', () => {
    const half = cutting({ faults: [fault('coolantLoss', 0.5)], seconds: 600 });
    const sharp = (state: MachineState) => truth(state, 'cuttingForce') / (1 + tool(state).flankWearMm);
    expect(sharp(half) / sharp(flood)).toBeCloseTo(1.04, 3);
    expect(half.nodes.tool).toBeGreaterThan(flood.nodes.tool + 10);
    expect(half.nodes.tool).toBeLessThan(lost.nodes.tool - 10);
    const still = cutting({ parameters: { coolant: 'dry' }, faults: [fault('coolantLoss')], seconds: 600 });
    expect(changed(still, dry)).toEqual([]);
    expect(surfaceRoughnessUm(still)).toBe(surfaceRoughnessUm(dry));
  });
});

describe('imbalance', () => {
  it('multiplies the share of the spindle speed, which grows with its cube, and touches nothing else', () => {
    const sound = cutting();
    const state = cutting({ faults: [fault('imbalance', 0.5)] });
    const v1 = unbalanceVibration(RPM, 358);
    expect(share(state, sound)).toBeCloseTo(v1 * Math.sqrt((1 + 19 * 0.5) ** 2 - 1), 6);
    expect(changed(state, sound)).toEqual(['vibration']);
    expect(surfaceRoughnessUm(state)! / surfaceRoughnessUm(sound)!).toBeCloseTo(1.05, 9);
    expect(unbalanceVibration(600, 7160) / unbalanceVibration(300, 7160)).toBeCloseTo(8, 1);
  });

  it('multiplies what overlaps, in the finish too', () => {
    const both = cutting({ faults: [fault('imbalance', 0.5), fault('imbalance', 0.25)] });
    expect(both.effects.unbalanceFactor).toBeCloseTo((1 + 19 * 0.5) * (1 + 19 * 0.25), 9);
    expect(surfaceRoughnessUm(both)! / surfaceRoughnessUm(cutting())!).toBeCloseTo(1.05 * 1.025, 9);
  });
});

describe('chatter', () => {
  const sound = cutting();
  const loud = cutting({ faults: [fault('chatter')] });

  it('lowers the stability limit by nine tenths of its severity', () => {
    const limit = (state: MachineState) => truth(state, 'cuttingForce') / state.cut.chatterRatio;
    expect(limit(loud) / limit(sound)).toBeCloseTo(0.1, 3);
    expect(limit(cutting({ faults: [fault('chatter', 0.5)] })) / limit(sound)).toBeCloseTo(0.55, 3);
  });

  it('once the limit is passed shakes at the natural frequency, heats, wears and roughens', () => {
    expect(loud.cut.chatterRatio).toBeGreaterThan(1.5);
    const amplitude = loud.job!.chatterAmplitudeMm;
    expect(amplitude).toBeCloseTo(0.5 * loud.job!.pass.chipThicknessMm, 6);
    const chatter = chatterVibration(amplitude, TURNING_DYNAMICS.naturalHz);
    expect(share(loud, sound) / chatter).toBeCloseTo(1, 2);
    const rise = (state: MachineState) => state.nodes.zone - state.nodes.work;
    expect(rise(loud) / rise(sound)).toBeCloseTo(1.05, 2);
    expect(tool(loud).lifeMin / tool(sound).lifeMin).toBeCloseTo(0.4, 2);
    expect(surfaceRoughnessUm(loud)).toBeGreaterThan(250 * amplitude);
    expect(drainEvents(loud).map(({ type }) => type)).toContain('chatterOn');
    const scatter = torqueScatter(cutting({ noise: true, faults: [fault('chatter')] }));
    expect(scatter / torqueScatter(cutting({ noise: true }))).toBeCloseTo(5, 0);
  });

  it('that stays below the limit changes nothing', () => {
    const quiet = { parameters: { depthOfCut: 0.5 } };
    const state = cutting({ ...quiet, faults: [fault('chatter', 0.2)] });
    expect(state.cut.chatterRatio).toBeLessThan(1);
    expect(changed(state, cutting(quiet))).toEqual([]);
  });
});

describe('overload', () => {
  it('is a hard spot of twenty seconds: force, torque, power, heat and vibration step up', () => {
    const sound = cutting();
    const hard = cutting({ faults: [fault('overload', 0.5)], seconds: 19.5 });
    expect(ratio('cuttingForce', hard, sound)).toBeCloseTo(2, 1);
    expect((truth(hard, 'torque') - FRICTION_NM) / (truth(sound, 'torque') - FRICTION_NM)).toBeCloseTo(2, 1);
    expect(ratio('power', hard, sound)).toBeGreaterThan(1.8);
    expect(truth(hard, 'vibration')).toBeGreaterThan(1.5 * truth(sound, 'vibration'));
    const rise = (state: MachineState) => state.nodes.zone - state.nodes.work;
    expect(rise(hard) / rise(sound)).toBeCloseTo(2, 1);
    expect(hard.nodes.tool).toBeGreaterThan(sound.nodes.tool);
    run(hard, 3);
    expect(ratio('cuttingForce', hard, sound)).toBeCloseTo(1, 1);
    expect(drainEvents(hard).map(({ type }) => type)).toEqual(['faultStarted', 'faultEnded']);
  });

  it('makes the speed sag where the drive cannot give the torque', () => {
    const heavy = { parameters: { rpm: 1500, diameter: 60, depthOfCut: 4, feed: 0.35, endDiameter: 40 }, seconds: 12 };
    const state = injected(cutting(heavy), fault('overload'));
    const before = truth(state, 'rpm');
    run(state, 0.4);
    expect(state.cut.spindleTorqueNm).toBeGreaterThan(state.cut.availableTorqueNm);
    expect(truth(state, 'rpm')).toBeLessThan(0.97 * before);
    expect(drainEvents(state).map(({ type }) => type)).toContain('overload');
  });

  it('multiplies what overlaps', () => {
    const both = cutting({ faults: [fault('overload', 0.5), fault('overload', 0.25)], seconds: 5 });
    expect(both.effects.hardnessFactor).toBeCloseTo(2 * 1.5, 9);
  });
});

describe('beltSlip', () => {
  it('takes speed, hunts once a second, heats the spindle and shakes it by 30 % more', () => {
    const sound = cutting({ seconds: 300 });
    const state = cutting({ faults: [fault('beltSlip')], seconds: 300 });
    const speeds = Array.from({ length: 20 }, () => truth(run(state, 0.1), 'rpm'));
    const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
    expect(mean).toBeCloseTo(0.95 * RPM, 0);
    expect(speeds[0]).toBeCloseTo(speeds[10]!, 6);
    expect(Math.max(...speeds) - Math.min(...speeds)).toBeGreaterThan(20);
    expect(truth(state, 'power')).toBeCloseTo((truth(state, 'torque') * truth(state, 'rpm') * 2 * Math.PI) / 60, 6);
    expect(truth(state, 'power')).toBeLessThan(truth(sound, 'power'));
    expect(state.effects.unbalanceFactor).toBeCloseTo(1.3, 9);

    // 5 % of the spindle power through 0.03 K/W, after 300 of 2400 s; the slower spindle itself heats a little less
    const heat = 0.05 * truth(state, 'power') * 0.03 * (1 - Math.exp(-300 / 2400));
    expect((state.nodes.spindle - sound.nodes.spindle) / heat).toBeCloseTo(1, 0);
    expect(state.nodes.spindle).toBeGreaterThan(sound.nodes.spindle);
  });
});

describe('a sensor fault', () => {
  const soundly = cutting({ noise: true, seconds: 30 });

  it.each(CHANNEL_NAMES.map((channel) => [channel]))('falsifies %s alone and leaves the truth untouched', (channel) => {
    for (const type of ['sensorDropout', 'sensorStuck', 'sensorDrift']) {
      const state = cutting({ noise: true, seconds: 30, faults: [fault(type, 1, { channel, atS: 10 })] });
      expect(state.truth).toEqual(soundly.truth);
      expect(state.nodes).toEqual(soundly.nodes);
      expect(tool(state)).toEqual(tool(soundly));
      const others = (each: MachineState) => [...each.measured].filter((_, i) => i !== C[channel]);
      expect(others(state)).toEqual(others(soundly));
      if (type === 'sensorDropout') expect(state.measured[C[channel]]).toBeNaN();
      if (type === 'sensorDrift') expect(state.measured[C[channel]]).toBeGreaterThan(soundly.measured[C[channel]]!);
    }
  });

  it('is one of vibration where nobody says another', () => {
    for (const type of ['sensorDropout', 'sensorStuck', 'sensorDrift']) {
      expect(cutting({ faults: [fault(type)] }).faults[0]?.channel).toBe('vibration');
    }
  });

  it.each<[keyof typeof C, number]>([
    ['rpm', 4000],
    ['torque', 203],
    ['power', 15_000],
    ['vibration', 20],
    ['processTemperature', 300],
    ['airTemperature', 300],
  ])('drifts on %s by 5 %% of %p a minute at most, and by 30 %% in the end', (channel, fullScale) => {
    const state = cutting({ faults: [fault('sensorDrift', 0.5, { channel })], seconds: 60 });
    const drift = () => state.measured[C[channel]]! - state.truth[C[channel]]!;
    expect(drift()).toBeCloseTo(0.5 * 0.05 * fullScale, 1);
    run(state, 720);
    expect(drift()).toBeCloseTo(0.3 * fullScale, 6);
  });

  it('applies last, after noise and after other faults', () => {
    const state = cutting({ noise: true, faults: [fault('sensorStuck', 1, { channel: 'torque', atS: 10 })] });
    const held = state.measured[C.torque];
    run(injected(state, fault('overload')), 5);
    expect(state.measured[C.torque]).toBe(held);
    expect(state.truth[C.torque]).toBeGreaterThan(held! * 1.5);
    run(injected(state, fault('sensorDropout', 1, { channel: 'torque' })), 0.1);
    expect(state.measured[C.torque]).toBeNaN();
  });
});
