import type { MachineEvent, MachineEventType } from './events.js';
import type { MachineState } from './machine-types.js';

const NONE: readonly MachineEvent[] = Object.freeze([]);

/** Notes an event at the present minute of the job. */
export function report(state: MachineState, type: MachineEventType, message: string): void {
  state.events.push({ type, atMinute: (state.job?.elapsedS ?? 0) / 60, toolNo: state.toolNo, message });
}

/** Events since the last call, oldest first. */
export function drainEvents(state: MachineState): readonly MachineEvent[] {
  if (state.events.length === 0) return NONE;
  const events = state.events;
  state.events = [];
  return events;
}
