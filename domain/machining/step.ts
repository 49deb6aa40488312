import type { MachineEvent } from './events.js';
import type { MachineState } from './machine-state.js';
import type { JobPlan } from './plan.js';

export interface BeginJobOptions {
  /** integer 0..2^32-1; the same seed on the same machine state gives the same ticks */
  seed: number;
  /** machine minutes after which the job is completed */
  estimatedMinutes: number;
  /** false: the deterministic model, without scatter, sensor noise, random breakage and daily air cycle. Default true */
  noise?: boolean;
  /** mean air temperature from now on, K, 253..323; default: as it is */
  airTemperatureK?: number;
  /** flank wear that the tool starts with, mm, 0..0.6; default: the plan's, else as the tool is */
  initialFlankWearMm?: number;
  /** one endless pass at the start diameter. Default false */
  diameterHeld?: boolean;
}

/**
 * Starts a planned job on the machine.
 * @throws MachiningInputError if an option is out of range or the tool is broken
 */
export declare function beginJob(state: MachineState, plan: JobPlan, options: BeginJobOptions): void;

/** Advances the machine by `dtS` seconds (0.01..10) in place; without a running job it stands and cools. */
export declare function step(state: MachineState, dtS: number): void;

/** Takes the job off the machine; tools, heat and bearings stay as they are, injected faults end. */
export declare function endJob(state: MachineState): void;

/** Events since the last call, oldest first. */
export declare function drainEvents(state: MachineState): readonly MachineEvent[];
