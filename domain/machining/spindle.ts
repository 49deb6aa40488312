/** What the program commands of the spindle. */
export interface SpindleCommand {
  mode: 'constantRpm' | 'css';
  /** constantRpm: the speed, 1/min; css: that at the start diameter */
  rpm: number;
  /** speed that was asked for at the start diameter, before limits, 1/min */
  requestedRpm: number;
  /** surface speed at the start diameter; css: the one to hold, m/min */
  cuttingSpeedMPerMin: number;
  /** greatest speed, 1/min; never above the machine's */
  maxRpm: number;
}

/** Spindle speed in 1/min that gives a cutting speed in m/min at a diameter in mm. */
export function speedForCutting(cuttingSpeedMPerMin: number, diameterMm: number): number {
  return diameterMm > 0 ? (1000 * cuttingSpeedMPerMin) / (Math.PI * diameterMm) : Number.POSITIVE_INFINITY;
}

/** Speed commanded while the tool cuts at `diameterMm`, 1/min. */
export function commandedRpm(command: SpindleCommand, diameterMm: number): number {
  return command.mode === 'css'
    ? Math.min(command.maxRpm, speedForCutting(command.cuttingSpeedMPerMin, diameterMm))
    : command.rpm;
}

/** Cutting speed in m/min at a diameter in mm and a spindle speed in 1/min. */
export function cuttingSpeed(diameterMm: number, rpm: number): number {
  return (Math.PI * diameterMm * rpm) / 1000;
}
