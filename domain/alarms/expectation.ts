import { wearForceFactor } from '../machining/forces.js';
import { frictionTorqueNm } from '../machining/machine-limits.js';
import { nominalLoad } from '../machining/nominal-load.js';
import { passesOf } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { bearingVibration, totalVibration, UNBALANCE_GMM, unbalanceVibration } from '../machining/vibration.js';
import { CHANNEL_INDEX, type ChannelName } from '../telemetry/channels.js';

/** Channels that the physical model foretells from the plan and from what other sensors show. */
export const EXPECTED_CHANNELS = ['vibration', 'torque', 'cuttingForce'] as const satisfies ChannelName[];
export type ExpectedChannel = (typeof EXPECTED_CHANNELS)[number];
export const EXPECTED_INDEX = Object.fromEntries(EXPECTED_CHANNELS.map((name, i) => [name, i])) as Record<
  ExpectedChannel,
  number
>;

/** Slower than this the spindle counts as starting or stopping, 1/min. */
const LEAST_RPM = 100;
/** What a tool entering or leaving the work stirs up has died away after this, machine time. */
const SETTLE_MS = 1000;

type Regime = 'other' | 'idling' | 'cutting';

interface ForceOfPass {
  diameterMm: number;
  sharpForceN: number;
}

/**
 * What a sound machine shows in the job at hand. While the spindle turns freely, vibration follows from speed and residual
 * unbalance and torque from friction alone, so that a worn bearing or an imbalance stands out that a cut would drown. In the
 * cut the force follows from pass and wear; threads and knurls, whose force changes all the time, are left out.
 */
export class Expectation {
  /** One value for each of EXPECTED_CHANNELS, in its unit; NaN where the model says nothing at the moment. */
  readonly expected = new Float64Array(EXPECTED_CHANNELS.length).fill(Number.NaN);
  private readonly passes: readonly ForceOfPass[];
  private regime: Regime = 'other';
  private sinceMs = Number.NaN;

  /** @param timeScale - machine time per wall time */
  constructor(
    plan: JobPlan,
    readonly timeScale = 1,
  ) {
    const { jobType } = plan.cut;
    const isForetold = jobType !== 'threading' && jobType !== 'knurling';
    this.passes = isForetold ? passesOf(plan).map((pass) => forceOf(plan, pass)) : [];
  }

  /** Brings `expected` in line with the readings of one tick. @param channels - in wire order and unit */
  observe(atMs: number, channels: ArrayLike<number>): void {
    const rpm = channels[CHANNEL_INDEX.rpm]!;
    const force = channels[CHANNEL_INDEX.cuttingForce]!;
    const regime: Regime = !(rpm >= LEAST_RPM) ? 'other' : force > 0 ? 'cutting' : force === 0 ? 'idling' : 'other';
    if (regime !== this.regime || !(this.sinceMs <= atMs)) {
      this.regime = regime;
      this.sinceMs = atMs;
    }
    const isSettled = (atMs - this.sinceMs) * this.timeScale >= SETTLE_MS;
    const isIdling = isSettled && regime === 'idling';
    this.expected[EXPECTED_INDEX.vibration] = isIdling ? soundVibration(rpm) : Number.NaN;
    this.expected[EXPECTED_INDEX.torque] = isIdling ? frictionTorqueNm(rpm, 0) : Number.NaN;
    this.expected[EXPECTED_INDEX.cuttingForce] =
      isSettled && regime === 'cutting' ? this.plannedForce(channels) : Number.NaN;
  }

  private plannedForce(channels: ArrayLike<number>): number {
    const diameter = channels[CHANNEL_INDEX.workDiameter]!;
    let force = Number.NaN;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.passes.length; i++) {
      const pass = this.passes[i]!;
      const distance = Math.abs(pass.diameterMm - diameter);
      if (distance < nearest || this.passes.length === 1) {
        nearest = distance;
        force = pass.sharpForceN;
      }
    }
    return force * wearForceFactor(channels[CHANNEL_INDEX.flankWear]!);
  }
}

/** Vibration of a spindle that turns freely with sound bearings and its residual unbalance, mm/s. */
function soundVibration(rpm: number): number {
  return totalVibration(unbalanceVibration(rpm, UNBALANCE_GMM), 0, bearingVibration(rpm, 0), 0);
}

function forceOf(plan: JobPlan, pass: ReturnType<typeof passesOf>[number]): ForceOfPass {
  const half = nominalLoad(plan, pass, pass.travelMm / 2, 0);
  return { diameterMm: pass.diameterMm, sharpForceN: half.cuttingForceN };
}
