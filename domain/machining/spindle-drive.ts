import { availableTorqueNm, frictionTorqueNm, radPerS, rpmOf } from './machine-limits.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';

/** Longest time over which the drive's torque is taken as constant while the speed changes, s. */
export const DRIVE_STEP_S = 0.025;
/** The drive reports its speed as reached within this share of the command. */
const SPEED_WINDOW = 0.02;
/** In css the command moves by less than this share in a step, and the drive follows. */
const FOLLOWING_SHARE = 0.005;
/** Depth and frequency of the speed's hunting when a belt slips, as a share of the slip. */
const HUNTING_SHARE = 0.3;
const HUNTING_HZ = 1;
/** The work runs free while an edge breaks. */
const BREAKAGE_FLARE = 1.02;

/** Inertia of spindle, chuck and workpiece as a solid cylinder, kg·m². */
export function rotatingInertiaKgM2(spindleKgM2: number, workMassKg: number, workDiameterMm: number): number {
  return spindleKgM2 + (workMassKg * (workDiameterMm / 2000) ** 2) / 2;
}

/**
 * Runs the spindle towards the commanded speed for a step of at most DRIVE_STEP_S while it changes quickly: dw/dt = (Mavail - Msp)/J up to the
 * command, which the drive then holds as long as its torque suffices; braking uses (Mavail + Msp)/J.
 */
export function driveSpindle(state: MachineState, { inertiaKgM2, spikeS }: JobRun, inner: InnerStep): void {
  const dtS = inner.lengthS;
  const target = radPerS(inner.commandRpm);
  const speed = state.spindleRadPerS;
  // the torque is that at the middle of the step
  const halfway = speed + (accelerationRadPerS2(state, speed, target, inertiaKgM2) * dtS) / 2;
  const between = speed > target ? Math.max(target, halfway) : Math.max(0, Math.min(target, halfway));
  const next = speed + accelerationRadPerS2(state, between, target, inertiaKgM2) * dtS;
  state.spindleRadPerS = speed > target ? Math.max(target, next) : Math.max(0, Math.min(target, next));
  inner.torqueBeforeNm = state.cut.spindleTorqueNm;
  const before = state.rpm;
  const { slip } = state.effects;
  state.rpm = rpmOf(state.spindleRadPerS);
  if (spikeS > 0) state.rpm *= BREAKAGE_FLARE;
  if (slip > 0) {
    state.rpm *= 1 - slip * (1 + HUNTING_SHARE * Math.sin(2 * Math.PI * HUNTING_HZ * state.clockS));
  }
  inner.meanRpm = (before + state.rpm) / 2;
}

/** How fast the drive changes the spindle's speed on its way to a target; below 0 when it brakes or is overloaded. */
function accelerationRadPerS2(state: MachineState, speed: number, target: number, inertiaKgM2: number): number {
  const available = availableTorqueNm(speed, state.machine);
  const load = state.cut.spindleTorqueNm;
  return (state.spindleRadPerS > target ? -(available + load) : available - load) / inertiaKgM2;
}

/** Time until the spindle is near enough to its commanded speed, s; 0 where it is, infinite where it never will be. */
export function untilAtSpeedS(state: MachineState, job: JobRun, inner: InnerStep): number {
  const target = radPerS(inner.commandRpm);
  const missing = Math.abs(state.spindleRadPerS - target) - SPEED_WINDOW * target;
  if (missing <= 0) return 0;
  const rate = accelerationRadPerS2(state, state.spindleRadPerS, target, job.inertiaKgM2);
  return missing / Math.abs(rate);
}

/** Whether the spindle has reached the commanded speed. */
export function isAtSpeed(state: MachineState, inner: InnerStep): boolean {
  const target = radPerS(inner.commandRpm);
  return Math.abs(state.spindleRadPerS - target) <= SPEED_WINDOW * target;
}

/** Whether the speed changes quickly, so that short steps are needed; it follows the slow rise of css in any step. */
export function isAccelerating(state: MachineState, inner: InnerStep): boolean {
  const target = radPerS(inner.commandRpm);
  return Math.abs(state.spindleRadPerS - target) > FOLLOWING_SHARE * target;
}

/** Friction torque of the spindle at its present speed, N·m. */
export function spindleFrictionNm(state: MachineState): number {
  return frictionTorqueNm(state.rpm, state.bearingWear);
}
