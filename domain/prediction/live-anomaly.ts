import type { JobPlan } from '../machining/plan.js';
import {
  bearingVibration,
  cuttingVibration,
  totalVibration,
  UNBALANCE_GMM,
  unbalanceVibration,
} from '../machining/vibration.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { HISTORY_INPUTS } from './histories-layout.js';
import type { LatheSignals } from './live-signals.js';

/**
 * How a reading parts from the physical model: the logarithm of reading per expectation, for each regime of the machine. `mean`
 * and `spread` are those of sound machines in jobs of all kinds, once running means have settled.
 */
const RESIDUALS = [
  { name: 'load', label: 'torque against what the job should take', mean: 0, spread: 0.045 },
  { name: 'pace', label: 'wear against what the speed should cost', mean: 0, spread: 0.25 },
  { name: 'unrest', label: 'unsteady torque', mean: Math.log(0.0165), spread: 0.3 },
  { name: 'cuttingVibration', label: 'vibration in the cut', mean: 0, spread: 0.03 },
  { name: 'idleVibration', label: 'vibration with the spindle turning freely', mean: 0, spread: 0.03 },
] as const;

export type ResidualName = (typeof RESIDUALS)[number]['name'];

export interface AnomalyScore {
  name: ResidualName;
  label: string;
  score: number;
}

const COUNT = RESIDUALS.length;
const AT = Object.fromEntries(RESIDUALS.map(({ name }, i) => [name, i])) as Record<ResidualName, number>;
/** Numbers that are remembered of each residual: running mean, sums upwards and downwards, seconds seen. */
const WIDTH = 4;
/** Common memory: seconds since the regime began, and which one. */
const REGIME_S = COUNT * WIDTH;
const REGIME = REGIME_S + 1;
const MEMORY = REGIME + 1;

const STANDING = 0;
const CUTTING = 1;
const IDLING = 2;

const MEAN_S = 10;
/** What a change of regime stirs up is over after this, and a residual is told after that, s. */
const SETTLE_S = 1;
const READY_S = 10;
/** Running mean that scores one half, in spreads. */
const MEAN_LIMIT = 4;
/** Cumulative sums: slack and limit in spreads; a reading counts once in the time constant of the means. */
const SLACK = 1.5;
const SUM_LIMIT = 12;
const MOST_SUM = 4 * SUM_LIMIT;
/** A single wild reading counts as no more than this. */
const WILDEST = 20;
const LEAST_RPM = 100;

const C = CHANNEL_INDEX;
const column = (name: string): number => HISTORY_INPUTS.findIndex((input) => input.name === name);
const LOAD = column('loadRatio');
const PACE = column('wearPace');
const UNREST = column('unrest');

/**
 * A second opinion that has learned from no failure: residuals against the physical model by operating regime, as running
 * means and as two-sided cumulative sums. Free of allocation per tick.
 * @see E. S. Page, Continuous inspection schemes, Biometrika 41 (1954)
 */
export class AnomalyWatch {
  private readonly memory = new Float64Array(MEMORY);
  /** A wheel that does not fit the circumference shakes, fault or not. */
  private readonly isKnurling: boolean;

  /** @param memory - from `snapshot` of the same job; default: a job that begins */
  constructor(
    private readonly plan: JobPlan,
    memory?: readonly number[] | null,
  ) {
    this.isKnurling = plan.cut.jobType === 'knurling';
    if (memory?.length === MEMORY) this.memory.set(memory);
  }

  /** @param dtS - machine time since the tick before, s */
  observe(channels: ArrayLike<number>, signals: LatheSignals, dtS: number): void {
    const m = this.memory;
    const force = channels[C.cuttingForce]!;
    const rpm = channels[C.rpm]!;
    const regime = !(rpm >= LEAST_RPM) ? STANDING : force > 0 ? CUTTING : force === 0 ? IDLING : STANDING;
    m[REGIME_S] = regime === m[REGIME]! ? m[REGIME_S]! + dtS : 0;
    m[REGIME] = regime;
    if (regime === STANDING || m[REGIME_S]! < SETTLE_S) return;
    const vibration = channels[C.vibration]!;
    const free = bearingVibration(rpm, 0);
    const unbalance = unbalanceVibration(rpm, UNBALANCE_GMM);
    if (regime === IDLING) {
      this.take(AT.idleVibration, Math.log(vibration / totalVibration(unbalance, 0, free, 0)), dtS);
      return;
    }
    if (!this.isKnurling) {
      const cutting = cuttingVibration(force, this.plan.material.rippleFactor, channels[C.flankWear]!);
      this.take(AT.cuttingVibration, Math.log(vibration / totalVibration(unbalance, cutting, free, 0)), dtS);
    }
    if (!signals.isReady) return;
    this.take(AT.load, Math.log(signals.row[LOAD]!), dtS);
    this.take(AT.pace, Math.log(signals.row[PACE]!), dtS);
    this.take(AT.unrest, Math.log(Math.max(1e-4, signals.row[UNREST]!)), dtS);
  }

  scores(): AnomalyScore[] {
    return anomalyScores(this.memory);
  }

  /** Plain numbers for a checkpoint. */
  snapshot(): number[] {
    return [...this.memory];
  }

  private take(residual: number, value: number, dtS: number): void {
    if (!Number.isFinite(value)) return;
    const { mean, spread } = RESIDUALS[residual]!;
    const z = Math.min(WILDEST, Math.max(-WILDEST, (value - mean) / spread));
    const m = this.memory;
    const at = residual * WIDTH;
    m[at + 3]! += dtS;
    m[at]! += (dtS / Math.min(MEAN_S + dtS, m[at + 3]!)) * (z - m[at]!);
    const weight = Math.min(1, dtS / MEAN_S);
    m[at + 1] = Math.min(MOST_SUM, Math.max(0, m[at + 1]! + weight * (z - SLACK)));
    m[at + 2] = Math.min(MOST_SUM, Math.max(0, m[at + 2]! + weight * (-z - SLACK)));
  }
}

/** Scores 0..1 of what a watch remembers: a half is where a sound machine hardly ever is. */
export function anomalyScores(memory: ArrayLike<number>): AnomalyScore[] {
  return RESIDUALS.map(({ name, label }, residual) => {
    const at = residual * WIDTH;
    const isTold = memory[at + 3]! >= READY_S;
    const departure = Math.max(
      Math.abs(memory[at]!) / MEAN_LIMIT,
      memory[at + 1]! / SUM_LIMIT,
      memory[at + 2]! / SUM_LIMIT,
    );
    return { name, label, score: isTold ? 1 - 2 ** -departure : 0 };
  });
}
