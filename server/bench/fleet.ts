import {
  createMachineState,
  type MachineSnapshot,
  type MachineState,
  snapshotMachine,
} from '#domain/machining/machine-state.js';
import { planJob } from '#domain/machining/plan.js';
import { randomJobs } from '#domain/machining/random-jobs.js';
import { beginJob, drainEvents, step } from '#domain/machining/step.js';

/** Seconds of machine time in a tick at 10 Hz. */
export const TICK_S = 0.1;

/** Turning that goes on for ever at a speed at which the edge lasts through every round. */
export function latheInTheCut(): MachineState {
  const state = createMachineState(7);
  const plan = planJob({
    jobType: 'turning',
    material: 'Alloy Steel 4140',
    parameters: { mode: 'constantRpm', cuttingSpeed: 45 },
  });
  beginJob(state, plan, { seed: 7, estimatedMinutes: 1e5, diameterHeld: true });
  for (let tick = 0; tick < 600; tick++) step(state, TICK_S);
  return state;
}

/** Lathes with random jobs, each at another moment of its own. */
export function mixedFleet(size: number): MachineSnapshot[] {
  return randomJobs(size, ['lathe'], 20).map(({ plan, seed }, i) => {
    const state = createMachineState(seed);
    beginJob(state, plan, { seed, estimatedMinutes: 1e4 });
    for (let tick = 0; tick < (i * 7) % 900 && state.job?.status === 'running'; tick++) step(state, TICK_S);
    drainEvents(state);
    return snapshotMachine(state);
  });
}
