import { CHANNEL_NAMES, type ChannelName } from '../telemetry/channels.js';
import { type CalculatorResult, calculatePlan } from './calculate.js';
import { injectFault } from './faults.js';
import { isGoingOn } from './job-cycle.js';
import { createMachineState, type MachineState } from './machine-state.js';
import { type PlanLibrary, planJob } from './plan.js';
import { AIR_RANGE, Problems, SEED_RANGE, TICK_RANGE, under } from './problems.js';
import type { MachiningRequest } from './request.js';
import { beginJob, drainEvents, step } from './step.js';
import { activeTool } from './tool-state.js';

/** Thermal nodes that an accelerated run tells beside the stream's channels, K. */
export const NODE_NAMES = ['toolNode', 'workNode', 'spindleNode', 'coolantNode', 'cuttingZone'] as const;
export type NodeName = (typeof NODE_NAMES)[number];

export interface SimulationRequest extends MachiningRequest {
  /** machine minutes, at most 1440 */
  minutes: number;
  /** s, 0.01..10; default 1 */
  dt?: number;
  /** default 1 */
  seed?: number;
  /** default true; false also stops the daily air cycle */
  noise?: boolean;
  /** K; default 300 */
  airTemperature?: number;
  /** default false */
  diameterHeld?: boolean;
  faults?: { type: string; severity: number; atMinute: number; channel?: string }[];
  /** number of samples returned, 2..5000; default 200 */
  points?: number;
}

export type SimulationValues = Record<ChannelName | NodeName, number | null>;

/** The calculator's answer and the run; null in a series = unknown. */
export interface SimulationResult extends CalculatorResult {
  /** min */
  t: number[];
  channels: Record<ChannelName | NodeName, (number | null)[]>;
  end: SimulationValues & { toolLife: number | null; partsDone: number };
  events: { atMinute: number; type: string }[];
}

/** A run ends so long after its tool has broken, when all has calmed down, s. */
const RUN_OUT_S = 60;

const RANGES = {
  minutes: { min: 1e-3, max: 1440, unit: 'min' },
  points: { min: 2, max: 5000, unit: '', integer: true },
  atMinute: { min: 0, max: 1440, unit: 'min' },
} as const;

/**
 * Runs a job in accelerated time; the same request gives the same answer.
 * @throws MachiningInputError
 */
export function simulate(request: SimulationRequest, library?: PlanLibrary): SimulationResult {
  const dt = request.dt ?? 1;
  const seed = request.seed ?? 1;
  const points = request.points ?? 200;
  const airTemperatureK = request.airTemperature ?? 300;
  checkRun(request, { dt, seed, points, airTemperatureK });
  const plan = planJob(request, library);

  const state = createMachineState(seed, { airTemperatureK, machine: plan.machine });
  beginJob(state, plan, {
    seed,
    estimatedMinutes: request.minutes,
    noise: request.noise ?? true,
    diameterHeld: request.diameterHeld ?? false,
    runOutAfterBreakageS: RUN_OUT_S,
  });
  for (const [index, { type, severity, channel, atMinute }] of (request.faults ?? []).entries()) {
    under(`faults.${index}`, () => injectFault(state, { type, severity, channel, atS: atMinute * 60 }));
  }
  const { t, samples, events } = runJob(state, request.minutes * 60, dt, points);
  const { lifeMin, broken } = activeTool(state);
  return {
    ...calculatePlan(plan),
    t,
    channels: byName((i) => samples.map((values) => known(values[i]!))),
    end: {
      ...byName((i) => known(samples.at(-1)![i]!)),
      toolLife: broken ? 0 : lifeMin > 0 ? lifeMin : null,
      partsDone: state.job?.partsDone ?? 0,
    },
    events,
  };
}

interface Course {
  /** min */
  t: number[];
  /** values at each of these moments, in the order of VALUE_NAMES; the last is that of the end */
  samples: Float64Array[];
  events: SimulationResult['events'];
}

/** Runs the job of the machine to its end, at most `totalS`. */
function runJob(state: MachineState, totalS: number, dtS: number, points: number): Course {
  const course: Course = { t: [], samples: [], events: [] };
  const job = state.job!;
  const startS = state.clockS;
  const totalTicks = Math.max(1, Math.ceil(totalS / dtS - 1e-9));
  let sampled = 0;
  for (let tick = 1; tick <= totalTicks && isGoingOn(job); tick++) {
    step(state, Math.min(dtS, Math.max(TICK_RANGE.min, totalS - (tick - 1) * dtS)));
    if (state.events.length > 0) noteEvents(state, course);
    const due = Math.floor((tick * points) / totalTicks);
    if (due === sampled && isGoingOn(job)) continue;
    sampled = due;
    course.t.push(Math.min(totalS, state.clockS - startS) / 60);
    course.samples.push(valuesOf(state));
  }
  return course;
}

function noteEvents(state: MachineState, { events }: Course): void {
  for (const { atMinute, type } of drainEvents(state)) events.push({ atMinute, type });
}

function checkRun(
  request: SimulationRequest,
  run: { dt: unknown; seed: unknown; points: unknown; airTemperatureK: unknown },
): void {
  const problems = new Problems();
  problems.isInRange('minutes', request.minutes, RANGES.minutes);
  problems.isInRange('dt', run.dt, TICK_RANGE);
  problems.isInRange('seed', run.seed, SEED_RANGE);
  problems.isInRange('points', run.points, RANGES.points);
  problems.isInRange('airTemperature', run.airTemperatureK, AIR_RANGE);
  for (const [i, fault] of (request.faults ?? []).entries()) {
    problems.isInRange(`faults.${i}.atMinute`, fault.atMinute, RANGES.atMinute);
  }
  problems.throwIfAny();
}

const VALUE_NAMES = [...CHANNEL_NAMES, ...NODE_NAMES] as const;

function valuesOf({ measured, nodes }: MachineState): Float64Array {
  return Float64Array.of(...measured, nodes.tool, nodes.work, nodes.spindle, nodes.coolant, nodes.zone);
}

/** An object of something for each value, told by its place among VALUE_NAMES. */
function byName<T>(of: (index: number) => T): Record<ChannelName | NodeName, T> {
  return Object.fromEntries(VALUE_NAMES.map((name, i) => [name, of(i)])) as Record<ChannelName | NodeName, T>;
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
