import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_TYPES } from '../contract/enums.js';
import { CHANNEL_INDEX, CHANNEL_NAMES } from '../telemetry/channels.js';
import { type FaultInjection, injectFault } from './faults.js';
import { isGoingOn } from './job-cycle.js';
import {
  createMachineState,
  type MachineSnapshot,
  type MachineState,
  relaxIdle,
  replaceTool,
  restoreMachine,
  snapshotMachine,
} from './machine-state.js';
import { planJob } from './plan.js';
import { randomJobs } from './random-jobs.js';
import { beginJob, drainEvents, endJob, step } from './step.js';

const C = CHANNEL_INDEX;
/** Jobs of all kinds, and some that come to the limits of drive, edge and stability or go down to the centre. */
const PLANS = [
  ...randomJobs(40, ['lathe'], 3).map(({ plan }) => plan),
  ...[
    { material: 'Alloy Steel 4140', parameters: { depthOfCut: 5, feed: 0.5, diameter: 120, cuttingSpeed: 200 } },
    { material: 'Mild Steel', parameters: { diameter: 20, endDiameter: 14, length: 300 } },
    { material: 'Titanium Ti-6Al-4V', toolNo: 10, parameters: { depthOfCut: 4, feed: 0.35, cuttingSpeed: 150 } },
  ].map((request) => planJob({ jobType: 'turning', ...request })),
  planJob({ jobType: 'facing', material: 'Mild Steel', parameters: { diameter: 200, endDiameter: 0 } }),
];

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const faults: fc.Arbitrary<FaultInjection> = fc.record({
  type: fc.constantFrom(...FAULT_TYPES),
  severity: between(0, 1),
  channel: fc.constantFrom(...CHANNEL_NAMES),
  atS: between(0, 300),
  rampS: maybe(between(0, 60)),
  durationS: maybe(between(0.5, 60)),
});

const jobs = fc.record({
  plan: fc.constantFrom(...PLANS),
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  estimatedMinutes: between(0.5, 6),
  noise: fc.boolean(),
  diameterHeld: fc.boolean(),
  airTemperatureK: maybe(between(253, 323)),
  dtS: fc.constantFrom(0.1, 0.1, 0.5, 1, 3, 10),
  faults: fc.array(faults, { maxLength: 3 }),
  /** the job is taken off after so many ticks; most are over before */
  mostTicks: fc.integer({ min: 1, max: 400 }),
  restS: maybe(between(0, 20_000)),
});
type Job = typeof jobs extends fc.Arbitrary<infer T> ? T : never;

const histories = fc.record({
  airTemperatureK: between(253, 323),
  timeOfDayS: between(0, 86_400),
  jobs: fc.array(jobs, { minLength: 1, maxLength: 3 }),
});
type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** Works through a history; `after` is called when a job has begun and after every tick, and may exchange the machine. */
function live(
  { jobs: work, ...options }: History,
  after: (state: MachineState, job: Job) => MachineState,
): MachineState {
  let state = createMachineState(1, options);
  for (const job of work) {
    const { toolNo } = job.plan.tool;
    if (state.tools.some((tool) => tool.toolNo === toolNo && tool.broken)) replaceTool(state, toolNo);
    beginJob(state, job.plan, job);
    for (const fault of job.faults) injectFault(state, fault);
    state = after(state, job);
    for (let tick = 0; tick < job.mostTicks && isGoingOn(state.job!); tick++) {
      step(state, job.dtS);
      state = after(state, job);
    }
    endJob(state);
    if (job.restS !== undefined) relaxIdle(state, job.restS);
    step(state, job.dtS);
  }
  return state;
}

describe('jobs one after another on a machine', () => {
  it('go on from a snapshot at any tick as if there had been none', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat(9)), (history, dice) => {
        const log: MachineSnapshot[] = [];
        live(history, (state) => {
          log.push(snapshotMachine(state));
          return state;
        });
        let moment = 0;
        let firstDifferent = -1;
        live(history, (state) => {
          const snapshot = snapshotMachine(state);
          if (firstDifferent < 0 && JSON.stringify(snapshot) !== JSON.stringify(log[moment])) firstDifferent = moment;
          moment += 1;
          return dice.next().value === 0 ? restoreMachine(snapshot) : state;
        });
        expect([firstDifferent, moment]).toEqual([-1, log.length]);
      }),
      { numRuns: 40, seed: 51, endOnFailure: true },
    );
  });

  it('keep the zone no colder than the work, count time, energy and wear upwards and end with progress 1', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const wrong: string[] = [];
        let before = { progress: 0, energyJ: 0, engagedS: 0, elapsedS: 0, clockS: 0 };
        live(history, (state, { dtS, plan }) => {
          const { nodes, truth, clockS } = state;
          const job = state.job!;
          const demand = (holds: boolean, what: string) => {
            if (!holds) wrong.push(`${what} in tick ${job.tick} of ${plan.cut.jobType}, ${job.phase}`);
          };
          const { energyJ, engagedS, elapsedS } = job;
          const now = { progress: truth[C.progress]!, energyJ, engagedS, elapsedS, clockS };
          if (job.tick === 0) before = { progress: 0, energyJ: 0, engagedS: 0, elapsedS: 0, clockS };
          demand(nodes.zone >= nodes.work, 'zone colder than work');
          demand(nodes.work >= Math.min(nodes.air, nodes.coolant), 'work colder than all around');
          for (const name of ['progress', 'energyJ', 'engagedS', 'elapsedS'] as const) {
            demand(now[name] >= before[name], `${name} fell`);
          }
          demand(engagedS <= elapsedS + 1e-6, 'longer in the cut than at work');
          if (job.status === 'running' && job.tick > 0) {
            demand(Math.abs(clockS - before.clockS - dtS) < 1e-6, 'the clock went otherwise');
            demand(Math.abs(elapsedS - before.elapsedS - dtS) < 1e-5, 'the job went otherwise');
          }
          demand((now.progress === 1) === (job.status === 'completed'), 'progress 1 without the end');
          if (drainEvents(state).some(({ type }) => type === 'jobCompleted')) {
            demand(job.status === 'completed', 'completed, and yet not');
          }
          before = now;
          return state;
        });
        expect(wrong.slice(0, 3)).toEqual([]);
      }),
      { numRuns: 200, seed: 52, endOnFailure: true },
    );
  });
});
