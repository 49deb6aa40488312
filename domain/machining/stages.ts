import type { InnerStep, JobRun, MachineState } from './machine-types.js';

/** One stage of a tick. It takes nothing but objects and answers nothing, so that no number is put in a box on its way. */
export type Stage = (state: MachineState, job: JobRun, inner: InnerStep) => void;

/**
 * Runs stages in turn. All of them are called from this one line, which keeps each a piece of machine code of its own: joined
 * into one they would grow too long for the compiler, which then calls the equations inside them with numbers in boxes.
 */
export function runStages(stages: readonly Stage[], state: MachineState, job: JobRun, inner: InnerStep): void {
  for (const stage of stages) stage(state, job, inner);
}
