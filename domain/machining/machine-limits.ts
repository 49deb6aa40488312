/** What the machine can do; names carry their units. */
export interface MachineLimits {
  maxSpindleSpeedRpm: number;
  /** peak power of the spindle drive, W */
  peakPowerW: number;
  /** peak torque below base speed, N·m */
  peakTorqueNm: number;
  continuousPowerW: number;
  continuousTorqueNm: number;
  maxFeedMmPerMin: number;
  rapidMmPerMin: number;
  maxDiameterMm: number;
  maxLengthMm: number;
  /** inertia of spindle and chuck, kg·m² */
  spindleInertiaKgM2: number;
}

/** A typical 15 kW slant-bed lathe with an 8 inch chuck: flat torque to 706 1/min, then flat power. */
export const DEFAULT_MACHINE: Readonly<MachineLimits> = {
  maxSpindleSpeedRpm: 4000,
  peakPowerW: 15_000,
  peakTorqueNm: 203,
  continuousPowerW: 11_000,
  continuousTorqueNm: 149,
  maxFeedMmPerMin: 10_000,
  rapidMmPerMin: 20_000,
  maxDiameterMm: 330,
  maxLengthMm: 570,
  spindleInertiaKgM2: 0.45,
};

/** Efficiency of the drive train: spindle power per motor input. */
export const DRIVE_EFFICIENCY = 0.85;

/** Angular speed in rad/s of a spindle speed in 1/min. */
export function radPerS(rpm: number): number {
  return (rpm * 2 * Math.PI) / 60;
}

/** Spindle speed in 1/min of an angular speed in rad/s. */
export function rpmOf(speedRadPerS: number): number {
  return (speedRadPerS * 60) / (2 * Math.PI);
}

/** Peak torque Mavail that the drive gives at a speed in rad/s, N·m. */
export function availableTorqueNm(speedRadPerS: number, machine: MachineLimits): number {
  return speedRadPerS > 0 ? Math.min(machine.peakTorqueNm, machine.peakPowerW / speedRadPerS) : machine.peakTorqueNm;
}

/** Torque that the drive bears without end at a speed in rad/s, N·m. */
export function continuousTorqueNm(speedRadPerS: number, machine: MachineLimits): number {
  return speedRadPerS > 0
    ? Math.min(machine.continuousTorqueNm, machine.continuousPowerW / speedRadPerS)
    : machine.continuousTorqueNm;
}

/** Friction torque Mf of the spindle at a speed in 1/min with bearing wear 0..1, N·m. */
export function frictionTorqueNm(rpm: number, bearingWear: number): number {
  return rpm > 0 ? (1.5 + 0.0004 * rpm) * (1 + 2 * bearingWear) : 0;
}
