import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_TYPES, JOB_TYPES } from '../contract/enums.js';
import { CHANNEL_NAMES } from '../telemetry/channels.js';
import { injectFault } from './faults.js';
import { createMachineState, type MachineState, restoreMachine, snapshotMachine } from './machine-state.js';
import { MATERIALS } from './materials.js';
import { planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { beginJob, endJob, step } from './step.js';
import { fittingTools } from './tools.js';

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

describe('any job, any faults', () => {
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

  it('has the same truth whatever its sensors tell', () => {
    const falsified = fc.array(
      fc.record({
        type: fc.constantFrom(...FAULT_TYPES.filter((type) => type.startsWith('sensor'))),
        severity: fc.double({ min: 0, max: 1, noNaN: true }),
        channel: fc.constantFrom(...CHANNEL_NAMES),
        atS: fc.double({ min: 0, max: 20, noNaN: true }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(runs, falsified, (run, faults) => {
        const honest = start(run);
        const lying = start(run);
        for (const fault of faults) injectFault(lying, fault);
        for (let i = 0; i < 40; i++) {
          step(honest, run.dtS);
          step(lying, run.dtS);
        }
        expect(lying.truth).toEqual(honest.truth);
        expect(lying.nodes).toEqual(honest.nodes);
      }),
      { numRuns: 30, seed: 14 },
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
