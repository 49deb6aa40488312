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
  const startS = state.clockS;
  for (const [index, { type, severity, channel, atMinute }] of (request.faults ?? []).entries()) {
    under(`faults.${index}`, () => injectFault(state, { type, severity, channel, atS: atMinute * 60 }));
  }
  const series = new Series();
  const events: SimulationResult['events'] = [];
  const totalTicks = Math.max(1, Math.ceil((request.minutes * 60) / dt - 1e-9));
  let sampled = 0;
  for (let tick = 1; tick <= totalTicks && state.job && isGoingOn(state.job); tick++) {
    step(state, Math.min(dt, Math.max(TICK_RANGE.min, request.minutes * 60 - (tick - 1) * dt)));
    for (const event of drainEvents(state)) events.push({ atMinute: event.atMinute, type: event.type });
    const due = Math.floor((tick * points) / totalTicks);
    if (due > sampled || !isGoingOn(state.job)) {
      sampled = due;
      series.take(state, Math.min(request.minutes, (state.clockS - startS) / 60));
    }
  }
  const end = valuesOf(state);
  const { lifeMin, broken } = activeTool(state);
  return {
    ...calculatePlan(plan),
    t: series.t,
    channels: series.channels,
    end: { ...end, toolLife: broken ? 0 : lifeMin > 0 ? lifeMin : null, partsDone: state.job?.partsDone ?? 0 },
    events,
  };
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

/** Samples of a run, column by column. */
class Series {
  readonly t: number[] = [];
  readonly channels: SimulationResult['channels'] = Object.fromEntries(
    [...CHANNEL_NAMES, ...NODE_NAMES].map((name) => [name, []]),
  ) as unknown as SimulationResult['channels'];

  take(state: MachineState, minute: number): void {
    this.t.push(minute);
    for (const [i, name] of CHANNEL_NAMES.entries()) this.channels[name].push(known(state.measured[i]!));
    const nodes = nodesOf(state);
    for (const name of NODE_NAMES) this.channels[name].push(nodes[name]);
  }
}

function valuesOf(state: MachineState): SimulationValues {
  const channels = CHANNEL_NAMES.map((name, i) => [name, known(state.measured[i]!)] as const);
  return { ...(Object.fromEntries(channels) as Record<ChannelName, number | null>), ...nodesOf(state) };
}

function nodesOf({ nodes }: MachineState): Record<NodeName, number> {
  return {
    toolNode: nodes.tool,
    workNode: nodes.work,
    spindleNode: nodes.spindle,
    coolantNode: nodes.coolant,
    cuttingZone: nodes.zone,
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
