import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FAULT_TYPES, JOB_TYPES } from '../contract/enums.js';
import { CHANNEL_INDEX, CHANNEL_NAMES } from '../telemetry/channels.js';
import { calculatePlan } from './calculate.js';
import { MachiningInputError } from './errors.js';
import { injectFault } from './faults.js';
import { isGoingOn } from './job-cycle.js';
import { DEFAULT_MACHINE } from './machine-limits.js';
import { createMachineState, type MachineState, relaxIdle, replaceTool } from './machine-state.js';
import { MATERIALS } from './materials.js';
import { parameterRanges } from './parameter-ranges.js';
import { type JobPlan, planJob } from './plan.js';
import { beginJob, endJob, step } from './step.js';
import { activeTool, toolStateOf } from './tool-state.js';
import { fittingTools } from './tools.js';

const C = CHANNEL_INDEX;
const RANGES = parameterRanges(DEFAULT_MACHINE);

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const seeds = fc.integer({ min: 0, max: 4_294_967_295 });

/** Any valid job: the default one with its parameters stretched over their ranges; what the plan refuses is left out. */
const plans: fc.Arbitrary<JobPlan> = fc
  .record({
    jobType: fc.constantFrom(...JOB_TYPES),
    material: fc.constantFrom(...MATERIALS.map(({ name }) => name as string), 'Custom'),
    customMaterial: fc.record({
      kc1: between(5, 6000),
      mc: between(0, 0.5),
      hardness: between(1, 700),
      ferrous: fc.boolean(),
      density: maybe(between(50, 25_000)),
      specificHeat: maybe(between(50, 10_000)),
      conductivity: maybe(between(0.02, 500)),
    }),
    tool: maybe(fc.record({ rakeAngle: maybe(between(-20, 20)), taylorN: maybe(between(0.05, 1)) })),
    pick: fc.nat(),
    size: between(0.3, 3),
    pace: fc.constantFrom(1, 1, 2, 4),
    stretch: fc.array(maybe(between(-1.5, 1.5)), { minLength: 30, maxLength: 30 }),
    coolant: fc.constantFrom('flood' as const, 'mist' as const, 'dry' as const),
    mode: maybe(fc.constant('constantRpm' as const)),
    flankWear: maybe(between(0, 0.6)),
  })
  .map(({ pick, size, pace, stretch, coolant, mode, flankWear, tool, ...job }) => {
    const toolNo = fittingTools(job.jobType)[pick % fittingTools(job.jobType).length]!;
    const parameters: Record<string, unknown> = { coolant, mode, flankWear };
    const usual = planOf({ ...job, toolNo })?.parameters ?? {};
    for (const [i, [name, value]] of Object.entries(usual).entries()) {
      if (typeof value !== 'number' || name === 'rpm' || name === 'maxRpm') continue;
      const factor = Math.exp(stretch[i] ?? 0) * (name === 'cuttingSpeed' ? pace : /diameter$/i.test(name) ? size : 1);
      const { min, max, integer } = RANGES[name as keyof typeof RANGES];
      const stretched = Math.min(max, Math.max(min, value * (/^(endD|d)iameter$/.test(name) ? size : factor)));
      parameters[name] = integer ? Math.round(stretched) : stretched;
    }
    return planOf({ ...job, toolNo, tool, parameters });
  })
  .filter((plan) => plan !== null);

function planOf(request: Parameters<typeof planJob>[0]): JobPlan | null {
  try {
    return planJob(request);
  } catch (error) {
    if (error instanceof MachiningInputError) return null;
    throw error;
  }
}

const physicalFaults = fc.record({
  type: fc.constantFrom(...FAULT_TYPES.filter((type) => !type.startsWith('sensor'))),
  severity: between(0, 1),
  atS: between(0, 40),
  rampS: maybe(between(0, 30)),
  durationS: maybe(between(1, 60)),
});
const sensorFaults = fc.record({
  type: fc.constantFrom('sensorStuck', 'sensorDrift'),
  severity: between(0, 1),
  atS: between(0.2, 40),
  channel: fc.constantFrom(...CHANNEL_NAMES.filter((name) => name !== 'torque' && name !== 'rpm' && name !== 'power')),
});

const runs = fc.record({
  plan: plans,
  seed: seeds,
  noise: fc.boolean(),
  diameterHeld: fc.boolean(),
  airTemperatureK: maybe(between(253, 323)),
  dtS: fc.constantFrom(0.01, 0.1, 0.1, 0.5, 1, 4),
  faults: fc.array(fc.oneof(physicalFaults, physicalFaults, sensorFaults), { maxLength: 3 }),
});
type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never;

function start({ plan, seed, airTemperatureK, faults, ...options }: Run): MachineState {
  const state = createMachineState(1, { airTemperatureK });
  beginJob(state, plan, { seed, estimatedMinutes: 10, ...options });
  for (const fault of faults) injectFault(state, fault);
  return state;
}

/** What is wrong with a tick; empty where nothing is. (One assertion a run: thousands of them would take minutes.) */
function wrongWith(state: MachineState, wearBefore: number, minutesBefore: number): string[] {
  const { truth, measured, nodes } = state;
  const wrong: string[] = [];
  const demand = (holds: boolean, what: string) => {
    if (!holds) wrong.push(`${what} in tick ${state.job?.tick}`);
  };
  for (const channels of [truth, measured]) {
    demand(channels.every(Number.isFinite), 'a channel is not finite');
    const power = (channels[C.torque]! * channels[C.rpm]! * 2 * Math.PI) / 60;
    demand(Math.abs(channels[C.power]! - power) <= 0.005 * power + 1e-9, 'P is not M w');
  }
  demand(Object.values(nodes).every(Number.isFinite), 'a node is not finite');
  demand(nodes.zone >= nodes.work, 'zone colder than work');
  demand(nodes.work >= Math.min(nodes.air, nodes.coolant), 'work colder than all around');
  demand(truth[C.flankWear]! >= wearBefore && truth[C.toolWear]! >= minutesBefore, 'wear fell');
  for (const channel of [C.failureProbability, C.health, C.progress]) {
    demand(truth[channel]! >= 0 && truth[channel]! <= 1, `channel ${channel} outside 0..1`);
  }
  demand(truth[C.rpm]! >= 0 && truth[C.rpm]! <= 4000 * 1.03, 'speed out of range');
  return wrong;
}

describe('any valid job', () => {
  it('has finite figures, and forces, lives and times that are not negative', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { warnings: _, ...figures } = calculatePlan(plan);
        const wrong = numbersIn(figures).filter(([, value]) => !Number.isFinite(value) || value < 0);
        expect(wrong).toEqual([]);
        expect(figures.toolLife).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: 21 },
    );
  });

  it('gives Pc = kc Q / 60 where one edge makes the chip', () => {
    const turned = plans.filter(({ cut }) => ['turning', 'facing', 'boring'].includes(cut.jobType));
    fc.assert(
      fc.property(turned, (plan) => {
        const { cuttingPower, specificCuttingForce, removalRate } = calculatePlan(plan);
        expect(cuttingPower / ((specificCuttingForce * removalRate) / 60)).toBeCloseTo(1, 9);
      }),
      { numRuns: 200, seed: 22 },
    );
  });

  it('has a tool life that falls with speed, feed and depth, by Taylor while the edge is cool', () => {
    const turned = plans.filter(({ cut }) => cut.jobType === 'turning');
    fc.assert(
      fc.property(turned, (plan) => {
        const lifeWith = (change: Partial<Record<string, number>>) => {
          const { mode: _, rpm: __, ...parameters } = plan.parameters;
          const { toolNo, taylorN } = plan.tool;
          const request = { jobType: 'turning', material: 'Brass', toolNo, tool: { taylorN: taylorN! } };
          return planOf({ ...request, parameters: { ...parameters, mode: 'constantRpm', ...change } });
        };
        const { cuttingSpeed = 100, feed = 0.2, depthOfCut = 1 } = plan.parameters;
        const base = lifeWith({});
        if (!base) return;
        const life = calculatePlan(base).toolLife;
        for (const harder of [
          { cuttingSpeed: 1.1 * cuttingSpeed },
          { feed: 1.1 * feed },
          { depthOfCut: 1.1 * depthOfCut },
        ]) {
          const other = lifeWith(harder);
          if (other) expect(calculatePlan(other).toolLife).toBeLessThanOrEqual(life);
        }
        const slow = lifeWith({ cuttingSpeed: cuttingSpeed / 2 });
        const { cuttingZoneRise } = calculatePlan(base);
        const coolAndUnclamped = life > 0.0501 && cuttingZoneRise < 900;
        if (!slow || !coolAndUnclamped || base.spindle.requestedRpm > base.spindle.maxRpm) return;
        const expected = Math.min(10_000, 2 ** (1 / base.tool.taylorN!) * life);
        expect(calculatePlan(slow).toolLife / expected).toBeCloseTo(1, 9);
      }),
      { numRuns: 100, seed: 23 },
    );
  });

  it('with any faults keeps numbers finite, P = M w, the zone hotter than the work, and wear growing', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const state = start(run);
        const wrong: string[] = [];
        for (let i = 0; i < 60; i++) {
          const wear = state.truth[C.flankWear]!;
          const minutes = state.truth[C.toolWear]!;
          step(state, run.dtS);
          wrong.push(...wrongWith(state, wear, minutes));
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200, seed: 11, endOnFailure: true },
    );
  });

  it('gives the same log for the same seed and commands, and another one for another seed', () => {
    fc.assert(
      fc.property(runs, seeds, (run, seed) => {
        const noisy = { ...run, noise: true };
        expect(logOf(noisy)).toEqual(logOf(noisy));
        if (seed !== run.seed) expect(logOf({ ...noisy, seed })).not.toEqual(logOf(noisy));
      }),
      { numRuns: 30, seed: 13 },
    );
  });
});

function logOf(run: Run): Float64Array[] {
  const state = start(run);
  return Array.from({ length: 40 }, () => {
    step(state, run.dtS);
    return state.measured.slice();
  });
}

function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => numbersIn(inner, `${path}.${name}`));
}

const episodes = fc.oneof(
  fc.record({ kind: fc.constant('job' as const), run: runs, ticks: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ kind: fc.constant('stand' as const), ticks: fc.integer({ min: 1, max: 30 }), dtS: between(0.01, 10) }),
  fc.record({ kind: fc.constant('rest' as const), elapsedS: between(0, 20_000) }),
);

describe('any history of jobs, faults, coolants and rests', () => {
  it('leaves no node colder than air and coolant have ever been', () => {
    fc.assert(
      fc.property(
        fc.array(episodes, { minLength: 1, maxLength: 6 }),
        seeds,
        between(253, 323),
        (history, seed, airK) => {
          const state = createMachineState(seed, { airTemperatureK: airK });
          let coldest = airK;
          const wrong: string[] = [];
          const look = () => {
            const { air, coolant, ...others } = state.nodes;
            coldest = Math.min(coldest, air, coolant);
            for (const [name, kelvin] of Object.entries({ coolant, ...others })) {
              if (!(kelvin >= coldest - 1e-9)) wrong.push(`${name} at ${kelvin} K, coldest so far ${coldest} K`);
            }
            // a coolant below the air that it stands in would be its own excuse
            if (coolant < Math.min(airEver, air) - 1e-9) wrong.push(`coolant at ${coolant} K in air of ${air} K`);
            airEver = Math.min(airEver, air);
          };
          let airEver = airK;
          for (const episode of history) {
            if (episode.kind === 'job') {
              const { plan, faults, seed: jobSeed, dtS, ...options } = episode.run;
              replaceBroken(state, plan);
              beginJob(state, plan, { seed: jobSeed, estimatedMinutes: 10, ...options });
              for (const fault of faults) injectFault(state, fault);
              look();
              for (let i = 0; i < episode.ticks; i++, look()) step(state, dtS);
              endJob(state);
            } else if (episode.kind === 'stand') {
              for (let i = 0; i < episode.ticks; i++, look()) step(state, episode.dtS);
            } else {
              relaxIdle(state, episode.elapsedS);
            }
            look();
          }
          expect(wrong.slice(0, 3)).toEqual([]);
        },
      ),
      { numRuns: 150, seed: 31, endOnFailure: true },
    );
  });
});

function replaceBroken(state: MachineState, plan: JobPlan): void {
  const { toolNo, broken } = toolStateOf(state, plan.tool.toolNo);
  if (broken) replaceTool(state, toolNo);
}

/** What has added up by the end of a job, and what is of the moment; each with the scale below which it counts as nothing. */
interface Outcome {
  state: MachineState;
  sums: Record<string, [value: number, scale: number]>;
  moment: string;
}

function outcomeOf(plan: JobPlan, minutes: number, diameterHeld: boolean, dtS: number): Outcome {
  const state = createMachineState(1);
  beginJob(state, plan, { seed: 1, estimatedMinutes: minutes, noise: false, diameterHeld });
  const job = state.job!;
  while (isGoingOn(job)) step(state, dtS);
  const { lifeUsed, flankWearMm } = activeTool(state);
  const { zone: _, ...nodes } = state.nodes;
  const kelvins = Object.entries(nodes).map(([name, kelvin]) => [name, [kelvin, 1]] as const);
  const sums: Outcome['sums'] = {
    elapsedS: [job.elapsedS, 1],
    engagedS: [job.engagedS, 1],
    energyJ: [job.energyJ, 1000],
    lifeUsed: [lifeUsed, 0.01],
    flankWearMm: [flankWearMm, 0.01],
    ...Object.fromEntries(kelvins),
  };
  return { state, sums, moment: `${job.status} ${job.phase} ${job.passNo} ${job.partsDone}` };
}

describe('halving the tick', () => {
  it('moves no value at the end of any job by more than half a percent', () => {
    const ticks = fc.constantFrom(0.1, 0.2, 1, 1, 2, 10, 10);
    let settled = 0;
    fc.assert(
      fc.property(plans, ticks, between(0.5, 4), fc.boolean(), (plan, dtS, minutes, held) => {
        const coarse = outcomeOf(plan, minutes, held, dtS);
        const fine = outcomeOf(plan, minutes, held, dtS / 2);
        const wrong: string[] = [];
        const compare = (name: string, value: number, reference: number, scale: number) => {
          const off = Math.abs(value - reference) / Math.max(Math.abs(reference), scale);
          if (!(off <= 0.005)) wrong.push(`${name}: ${value} instead of ${reference}`);
        };
        for (const [name, [value, scale]] of Object.entries(coarse.sums)) {
          compare(name, value, fine.sums[name]![0], scale);
        }
        // loads are of the moment: told where both runs end in the same settled cut
        if (coarse.moment === fine.moment && inSettledCut(fine.state)) {
          settled += 1;
          const { lifeMin } = activeTool(fine.state);
          compare('toolLife', activeTool(coarse.state).lifeMin, lifeMin, 0);
          // what is left of a life or of health goes to nothing, and is held against the whole
          const scales: Partial<Record<string, number>> = {
            remainingUsefulLife: lifeMin,
            health: 1,
            failureProbability: 0.1,
          };
          for (const [i, name] of CHANNEL_NAMES.entries()) {
            compare(name, coarse.state.truth[i]!, fine.state.truth[i]!, scales[name] ?? 1e-3);
          }
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 150, seed: 41, endOnFailure: true },
    );
    expect(settled).toBeGreaterThan(20);
  });
});

function inSettledCut({ job, cut }: MachineState): boolean {
  const plunging = (job!.pass.knurl?.depthPerTravel ?? 0) > 0;
  return job!.status === 'completed' && cut.engaged && job!.engagement > 0.99 && !plunging;
}
