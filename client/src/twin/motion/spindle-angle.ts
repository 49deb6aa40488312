const TURN = 2 * Math.PI;
const JAWS = 3;

/** rad/s of a spindle speed in 1/min. */
export function radPerSecond(rpm: number): number {
  return (rpm * TURN) / 60;
}

/**
 * Speed at which the chuck is drawn, rad/s. Above a third of the jaw pitch per frame a turning chuck would seem to
 * stand still or run backwards, so the drawn speed bends smoothly towards that limit and never passes it.
 * @param trueRate - rad/s
 * @param frameS - time between two drawn frames, s, above 0
 */
export function drawnRate(trueRate: number, frameS: number): number {
  const limit = TURN / JAWS / 3 / frameS;
  return trueRate / (1 + (Math.abs(trueRate) / limit) ** 4) ** 0.25;
}

/** How far the jaws are smeared for the eye, 0 (sharp) … 1 (a disc), from the true speed in rad/s. */
export function smear(trueRate: number): number {
  const turnedInOneExposure = Math.abs(trueRate) / 50;
  return Math.min(1, Math.max(0, (turnedInOneExposure - 0.5) / 2));
}

/** True and drawn spindle angles of the fleet, integrated in double precision. */
export class SpindleAngles {
  /** rad, unwrapped integral of the speed */
  readonly angle: Float64Array;
  /** rad in 0 … 2π, what the picture shows */
  readonly drawn: Float64Array;
  private readonly lastRpm: Float64Array;

  constructor(capacity: number) {
    this.angle = new Float64Array(capacity);
    this.drawn = new Float64Array(capacity);
    this.lastRpm = new Float64Array(capacity);
  }

  /**
   * Moves one spindle on.
   * @param rpm - speed at the end of the step, 1/min; trapezoid from the speed at its start
   * @param stepS - time of the stream that passed, s
   * @param frameS - time between drawn frames, s; longer gaps turn the drawn chuck no further than 0.1 s would
   */
  advance(slot: number, rpm: number, stepS: number, frameS: number): void {
    const mean = ((this.lastRpm[slot] ?? 0) + rpm) / 2;
    this.lastRpm[slot] = rpm;
    this.angle[slot] = (this.angle[slot] ?? 0) + radPerSecond(mean) * stepS;
    const shown = (this.drawn[slot] ?? 0) + drawnRate(radPerSecond(mean), frameS) * Math.min(stepS, 0.1);
    this.drawn[slot] = shown - Math.floor(shown / TURN) * TURN;
  }
}
