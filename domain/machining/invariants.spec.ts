import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_TYPES, JOB_TYPES } from '../contract/enums.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { injectFault } from './faults.js';
import { createMachineState, type MachineState, restoreMachine, snapshotMachine } from './machine-state.js';
import { MATERIALS } from './materials.js';
import { planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { beginJob, endJob, step } from './step.js';
import { fittingTools } from './tools.js';

const C = CHANNEL_INDEX;

const jobs: fc.Arbitrary<MachiningRequest> = fc
  .record({
    jobType: fc.constantFrom(...JOB_TYPES),
    material: fc.constantFrom(...MATERIALS.map((material) => material.name)),
    pick: fc.nat(),
    coolant: fc.constantFrom('flood' as const, 'mist' as const, 'dry' as const),
    cuttingSpeed: fc.option(fc.double({ min: 5, max: 400, noNaN: true }), { nil: undefined }),
    flankWear: fc.option(fc.double({ min: 0, max: 0.6, noNaN: true }), { nil: undefined }),
  })
  .filter(({ jobType, material }) => jobType !== 'knurling' || (material !== 'Wood' && material !== 'Cast Iron'))
  .filter(({ jobType, cuttingSpeed }) => jobType !== 'threading' || cuttingSpeed === undefined || cuttingSpeed < 200)
  .map(({ pick, jobType, material, ...parameters }) => {
    const tools = fittingTools(jobType);
    return { jobType, material, toolNo: tools[pick % tools.length]!, parameters };
  });

const runs = fc.record({
  job: jobs,
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  noise: fc.boolean(),
  dtS: fc.constantFrom(0.05, 0.1, 0.5, 1, 5, 10),
  faults: fc.array(
    fc.record({
      type: fc.constantFrom(...FAULT_TYPES.filter((type) => !type.startsWith('sensor'))),
      severity: fc.double({ min: 0, max: 1, noNaN: true }),
      atS: fc.double({ min: 0, max: 40, noNaN: true }),
      durationS: fc.double({ min: 1, max: 60, noNaN: true }),
    }),
    { maxLength: 3 },
  ),
});
type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never;

function start(run: Run): MachineState {
  const state = createMachineState(run.seed);
  beginJob(state, planJob(run.job), { seed: run.seed, estimatedMinutes: 10, noise: run.noise });
  for (const fault of run.faults) injectFault(state, fault);
  return state;
}

/** What is wrong with a tick; empty where nothing is. (One assertion a run: thousands of them would take minutes.) */
function faultsOf(state: MachineState, wearBefore: number, minutesBefore: number): string[] {
  const { truth, measured, nodes } = state;
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) wrong.push(`${what} in tick ${state.job?.tick}`);
  };
  for (const channels of [truth, measured]) {
    demand(channels.every(Number.isFinite), 'not finite');
    const power = (channels[C.torque]! * channels[C.rpm]! * 2 * Math.PI) / 60;
    demand(Math.abs(channels[C.power]! - power) <= 0.005 * power + 1e-9, 'P is not M w');
  }
  demand(nodes.zone >= nodes.work, 'zone colder than work');
  demand(nodes.work >= Math.min(nodes.air, nodes.coolant), 'work colder than all around');
  demand(truth[C.flankWear]! >= wearBefore && truth[C.toolWear]! >= minutesBefore, 'wear fell');
  for (const channel of [C.failureProbability, C.health, C.progress]) {
    demand(truth[channel]! >= 0 && truth[channel]! <= 1, `channel ${channel} outside 0..1`);
  }
  demand(truth[C.rpm]! >= 0 && truth[C.rpm]! <= 4000 * 1.03, 'speed out of range');
  return wrong;
}

describe('any job, any faults', () => {
  it('keeps numbers finite, P = M w, the zone hotter than the work, and wear growing', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const state = start(run);
        const wrong: string[] = [];
        for (let i = 0; i < 80; i++) {
          const wear = state.truth[C.flankWear]!;
          const minutes = state.truth[C.toolWear]!;
          step(state, run.dtS);
          wrong.push(...faultsOf(state, wear, minutes));
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it('goes on from a checkpoint bit for bit', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 60 }), (run, at) => {
        const state = start(run);
        for (let i = 0; i < at; i++) step(state, run.dtS);
        const copy = restoreMachine(JSON.parse(JSON.stringify(snapshotMachine(state))));
        for (let i = 0; i < 20; i++) {
          step(state, run.dtS);
          step(copy, run.dtS);
        }
        expect(snapshotMachine(copy)).toEqual(snapshotMachine(state));
      }),
      { numRuns: 30, seed: 12 },
    );
  });

  it('gives the same log for the same seed and commands', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const one = start(run);
        const other = start(run);
        for (let i = 0; i < 40; i++) {
          step(one, run.dtS);
          step(other, run.dtS);
        }
        expect(other.measured).toEqual(one.measured);
      }),
      { numRuns: 20, seed: 13 },
    );
  });
});

describe('air cuts and rests', () => {
  it('wear nothing', () => {
    const state = createMachineState(1);
    beginJob(state, planJob({ jobType: 'turning', material: 'Brass' }), { seed: 1, estimatedMinutes: 10 });
    while (state.job!.phase !== 'partChange') step(state, 0.1);
    const { flankWearMm, minutes } = state.tools[0]!;
    while (state.job!.phase === 'partChange') step(state, 0.1);
    expect(state.tools[0]).toMatchObject({ flankWearMm, minutes });
    endJob(state);
    for (let i = 0; i < 50; i++) step(state, 1);
    expect(state.tools[0]).toMatchObject({ flankWearMm, minutes });
  });
});

describe('halving the tick', () => {
  it.each([...JOB_TYPES])('moves no end value of live %s by more than half a percent', (jobType) => {
    const run = (dtS: number): MachineState => {
      const state = createMachineState(1);
      beginJob(state, planJob({ jobType, material: 'Stainless 304' }), { seed: 1, estimatedMinutes: 2, noise: false });
      for (let i = 0; i < 120 / dtS; i++) step(state, dtS);
      return state;
    };
    const coarse = run(0.1);
    const fine = run(0.05);
    expect(coarse.job!.status).toBe('completed');
    expect(coarse.job!.partsDone).toBe(fine.job!.partsDone);
    const values = (state: MachineState) => {
      const tool = state.tools.find((known) => known.toolNo === state.toolNo)!;
      return [tool.lifeUsed, tool.flankWearMm, tool.minutes, state.job!.energyJ, ...Object.values(state.nodes)];
    };
    const expected = values(fine);
    for (const [i, value] of values(coarse).entries()) {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(0.005 * expected[i]!);
    }
  });
});
