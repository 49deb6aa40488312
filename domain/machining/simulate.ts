import type { ChannelName } from '../telemetry/channels.js';
import type { CalculatorResult } from './calculate.js';
import type { PlanLibrary } from './plan.js';
import type { MachiningRequest } from './request.js';

/** Thermal nodes that an accelerated run tells beside the stream's channels, K. */
export type NodeName = 'toolNode' | 'workNode' | 'spindleNode' | 'coolantNode' | 'cuttingZone';

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

/**
 * Runs a job in accelerated time; the same request gives the same answer.
 * @throws MachiningInputError
 */
export declare function simulate(request: SimulationRequest, library?: PlanLibrary): SimulationResult;
