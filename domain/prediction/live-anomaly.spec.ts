import { describe, expect, it } from '@jest/globals';
import type { FaultType } from '../contract/enums.js';
import { injectFault } from '../machining/faults.js';
import { createMachineState } from '../machining/machine-state.js';
import { planJob } from '../machining/plan.js';
import { randomJobs } from '../machining/random-jobs.js';
import { beginJob, step } from '../machining/step.js';
import { AnomalyWatch } from './live-anomaly.js';
import { LatheSignals } from './live-signals.js';

function follow(plan: ReturnType<typeof planJob>, seed: number, minutes: number, fault?: [FaultType, number]) {
  const machine = createMachineState(seed);
  beginJob(machine, plan, { seed, estimatedMinutes: 600 });
  if (fault) injectFault(machine, { type: fault[0], severity: fault[1], atS: 120 });
  const signals = new LatheSignals(plan);
  const watch = new AnomalyWatch(plan);
  let worst = 0;
  for (let s = 0; s < minutes * 60 && machine.job!.status === 'running'; s++) {
    step(machine, 1);
    signals.observe(machine.measured, 1);
    watch.observe(machine.measured, signals, 1);
    for (const { score } of watch.scores()) worst = Math.max(worst, score);
  }
  const scores = Object.fromEntries(watch.scores().map(({ name, score }) => [name, score])) as Record<string, number>;
  return { worst, scores, machine, signals, watch };
}

const plan = planJob({ jobType: 'turning', material: 'Alloy Steel 4140', toolNo: 1, parameters: {} });
/** Unbalance shows at speed. */
const fast = planJob({ jobType: 'turning', material: 'Aluminum', toolNo: 3, parameters: {} });

describe('anomalies', () => {
  it('are hardly ever seen on sound machines in jobs of all kinds', () => {
    const jobs = randomJobs(40, ['lathe-1'], 23);
    const called = jobs.filter(({ plan, seed }) => follow(plan, seed, 8).worst > 0.5);
    expect(called.length / jobs.length).toBeLessThanOrEqual(0.1);
  });

  it.each<[FaultType, number, string, typeof plan]>([
    ['bearingWear', 0.5, 'idleVibration', plan],
    ['imbalance', 0.7, 'idleVibration', fast],
    ['toolBreakage', 0.3, 'load', plan],
    ['coolantLoss', 1, 'pace', plan],
  ])('%s of %d is seen in %s', (type, severity, where, plan) => {
    const { scores } = follow(plan, 4, 12, [type, severity]);
    expect(scores[where]).toBeGreaterThan(0.5);
    expect(scores[where]).toBeGreaterThan(2 * follow(plan, 4, 12).scores[where]!);
  });

  it('go on from a snapshot bit for bit', () => {
    const { machine, signals, watch } = follow(plan, 9, 4, ['imbalance', 0.2]);
    const restored = new AnomalyWatch(plan, JSON.parse(JSON.stringify(watch.snapshot())));
    for (let i = 0; i < 600; i++) {
      step(machine, 0.1);
      signals.observe(machine.measured, 0.1);
      watch.observe(machine.measured, signals, 0.1);
      restored.observe(machine.measured, signals, 0.1);
    }
    expect(restored.scores()).toEqual(watch.scores());
  });
});
