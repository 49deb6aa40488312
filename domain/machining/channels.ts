import type { MachineState } from './machine-state.js';

/** Writes the 18 channels of the last tick as the sensors tell them, in the order of CHANNELS; NaN = unknown. */
export function writeChannels(state: MachineState, out: Float32Array, offset = 0): void {
  out.set(state.measured, offset);
}

/** Writes the 18 channels of the last tick as they really are: no noise, no sensor faults. */
export function trueChannels(state: MachineState, out: Float32Array, offset = 0): void {
  out.set(state.truth, offset);
}
