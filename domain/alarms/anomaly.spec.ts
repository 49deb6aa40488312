import { describe, expect, it } from '@jest/globals';
import { writeChannels } from '../machining/channels.js';
import { type FaultInjection, injectFault } from '../machining/faults.js';
import { createMachineState } from '../machining/machine-state.js';
import { planJob } from '../machining/plan.js';
import { beginJob, step } from '../machining/step.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '../telemetry/channels.js';
import { DEFAULT_THRESHOLDS } from './default-thresholds.js';
import { evaluateRules } from './evaluate.js';
import { Expectation } from './expectation.js';
import { newMemory, restoreMemory, saveMemory } from './rule-memory.js';
import { compileRules } from './rules.js';

const TICK_S = 0.1;
const set = compileRules(DEFAULT_THRESHOLDS);

interface Seen {
  what: string;
  atMin: number;
  value: number;
}

/** Alarms that the default limits raise in an ordinary turning job of the simulated machine. */
function turning(material: string, minutes: number, fault?: FaultInjection): Seen[] {
  const plan = planJob({ jobType: 'turning', material, toolNo: material === 'Aluminum' ? 3 : 1 });
  const machine = createMachineState(5);
  beginJob(machine, plan, { seed: 5, estimatedMinutes: minutes });
  if (fault) injectFault(machine, fault);
  const memory = newMemory(set);
  const expectation = new Expectation(plan);
  const channels = new Float32Array(CHANNEL_COUNT);
  const seen: Seen[] = [];
  for (let tick = 1; machine.job?.status === 'running'; tick++) {
    step(machine, TICK_S);
    writeChannels(machine, channels);
    const atMs = Math.round(tick * TICK_S * 1000);
    expectation.observe(atMs, channels);
    for (const { kind, type, channel, value } of evaluateRules(set, memory, atMs, channels, expectation)) {
      if (kind !== 'returned') seen.push({ what: `${type} ${channel}`, atMin: atMs / 60_000, value });
    }
  }
  return seen;
}
const kindsOf = (seen: Seen[]) => [...new Set(seen.map(({ what }) => what))];

describe('what departs from the physical model in an ordinary job', () => {
  it('is nothing on a sound machine', () => {
    expect(kindsOf(turning('Mild Steel', 6))).toEqual([]);
  });

  it.each<[string, FaultInjection, string, number]>([
    ['a worn bearing', { type: 'bearingWear', severity: 0.3 }, 'ANOMALY torque', 4],
    ['a slightly worn bearing', { type: 'bearingWear', severity: 0.1 }, 'ANOMALY vibration', 4],
    ['an imbalance', { type: 'imbalance', severity: 0.5 }, 'ANOMALY vibration', 1],
    ['a chipped edge', { type: 'toolBreakage', severity: 0.3, atS: 30 }, 'ANOMALY cuttingForce', 1.5],
    ['a hard spot', { type: 'overload', severity: 0.5, atS: 40 }, 'ANOMALY cuttingForce', 1],
    ['a drifting sensor', { type: 'sensorDrift', severity: 0.3, channel: 'vibration' }, 'ANOMALY vibration', 1],
  ])('is %s within minutes, which no limit of a reading notices', (_, fault, what, withinMin) => {
    const first = turning('Mild Steel', withinMin, fault);
    expect(kindsOf(first)).toContain(what);
    expect(kindsOf(first).filter((kind) => !kind.startsWith('ANOMALY'))).toEqual([]);
  });

  it('is an imbalance even where it adds a twentieth to the vibration', () => {
    const [first] = turning('Alloy Steel 4140', 6, { type: 'imbalance', severity: 1 });
    expect(first).toMatchObject({ what: 'ANOMALY vibration' });
    expect(first!.value).toBeLessThan(0.06);
  });
});

describe('a sensor', () => {
  it.each<[FaultInjection['type'], string]>([
    ['sensorStuck', 'torque'],
    ['sensorStuck', 'processTemperature'],
    ['sensorStuck', 'rpm'],
    ['sensorDropout', 'vibration'],
  ])('with %s of %s is found after ten seconds', (type, channel) => {
    const found = turning('Mild Steel', 1, { type, severity: 1, channel, atS: 20 }).find(
      ({ what }) => what === `SENSOR_FAULT ${channel}`,
    );
    expect(found!.atMin * 60).toBeGreaterThan(30);
    expect(found!.atMin * 60).toBeLessThan(31);
  });

  it('of the spindle that shows nothing while the spindle turns is found, but not while it stands', () => {
    const limit = { channel: 'torque', type: 'SENSOR_FAULT', priority: 3, high: 10 } as const;
    const own = compileRules([{ ...limit, deadband: 0, onDelayS: 0, offDelayS: 0 }]);
    const raised = (rpm: number) => {
      const memory = newMemory(own);
      const channels = new Float32Array(CHANNEL_COUNT);
      channels[CHANNEL_INDEX.rpm] = rpm;
      for (let atMs = 0; atMs <= 12_000; atMs += 500) {
        if (evaluateRules(own, memory, atMs, channels).length > 0) return atMs;
      }
      return null;
    };
    expect(raised(1500)).toBe(10_500);
    expect(raised(0)).toBeNull();
  });
});

describe('the memory of deviations', () => {
  it('goes on after a restart where it was', () => {
    const limits = compileRules(DEFAULT_THRESHOLDS.filter(({ type }) => type === 'ANOMALY'));
    const plan = planJob({ jobType: 'turning', material: 'Mild Steel', toolNo: 1 });
    const channels = new Float32Array(CHANNEL_COUNT);
    channels[CHANNEL_INDEX.rpm] = 1500;
    channels[CHANNEL_INDEX.torque] = 2.31; // 10 % above free friction
    const play = (restartAtMs: number) => {
      let memory = newMemory(limits);
      const expectation = new Expectation(plan);
      for (let atMs = 0; atMs < 30_000; atMs += 100) {
        if (atMs === restartAtMs)
          memory = restoreMemory(limits, JSON.parse(JSON.stringify(saveMemory(limits, memory))));
        expectation.observe(atMs, channels);
        const [change] = evaluateRules(limits, memory, atMs, channels, expectation);
        if (change) return [atMs, change.channel, change.value];
      }
      return null;
    };
    const raised = play(-1);
    expect(raised).toMatchObject([expect.any(Number), 'torque', expect.closeTo(0.05, 1)]);
    expect(play(3000)).toEqual(raised);
  });

  it('says nothing without a plan', () => {
    const channels = new Float32Array(CHANNEL_COUNT).fill(1000);
    const memory = newMemory(set);
    for (let atMs = 0; atMs < 5000; atMs += 100) evaluateRules(set, memory, atMs, channels);
    expect(memory.derived[set.rules.find(({ key }) => key === 'ANOMALY:torque:3')!.derivedAt]).toBeNaN();
  });
});
