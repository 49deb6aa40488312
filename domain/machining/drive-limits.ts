import { report } from './event-log.js';
import { SPINDLE_TRIP_K, SPINDLE_WARN_K } from './failure.js';
import { entryTauS } from './forces.js';
import { enter } from './job-cycle.js';
import { availableTorqueNm, continuousTorqueNm, radPerS } from './machine-limits.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';

/** Time of overload after which the feed is held, s. */
export const HOLD_AFTER_S = 0.5;
/** Feed holds in one pass after which the machine gives up. */
const MOST_HOLDS = 3;
/** Overload heat at which the drive trips: half an hour at 15/11 of its continuous torque, s. */
const TRIP_S = 1800 * ((15 / 11) ** 2 - 1);

/** Watches torque against what the drive gives at the commanded speed: alarm at once, feed hold after half a second. */
export function watchOverload(state: MachineState, job: JobRun, inner: InnerStep): void {
  const available = availableTorqueNm(radPerS(inner.commandRpm), state.machine);
  if (job.phase !== 'cut' || state.cut.spindleTorqueNm <= available) {
    job.overloadS = 0;
    return;
  }
  if (job.overloadS === 0) report(state, 'overload', overloadFigures(state, inner));
  job.overloadS += overloadedPartS(state, job, inner, available);
  if (job.overloadS < HOLD_AFTER_S - 1e-9) return;
  job.overloadS = 0;
  job.feedHolds += 1;
  if (job.feedHolds > MOST_HOLDS) {
    trip(state, job, 'overloadTrip', overloadFigures(state, inner));
    return;
  }
  enter(job, 'feedHold');
  report(state, 'feedHold', overloadFigures(state, inner));
}

/** How long in this step the torque has been above the available one, s. */
function overloadedPartS(state: MachineState, job: JobRun, inner: InnerStep, availableNm: number): number {
  const { spindleTorqueNm, cuttingTorqueNm } = state.cut;
  const missing = 1 - job.engagement;
  if (missing > 0.01) {
    // the forces still build up after the entry of the tool
    const inFullNm = cuttingTorqueNm / job.engagement;
    const missingAtLimit = 1 - (availableNm - (spindleTorqueNm - cuttingTorqueNm)) / inFullNm;
    return Math.min(inner.lengthS, entryTauS(state.rpm) * Math.log(missingAtLimit / missing));
  }
  if (inner.torqueBeforeNm >= availableNm) return inner.lengthS;
  return (inner.lengthS * (spindleTorqueNm - availableNm)) / (spindleTorqueNm - inner.torqueBeforeNm);
}

function overloadFigures(state: MachineState, { commandRpm }: InnerStep): string {
  const wanted = state.cut.spindleTorqueNm.toFixed(0);
  const available = availableTorqueNm(radPerS(commandRpm), state.machine).toFixed(0);
  return `${wanted} N·m wanted, ${available} N·m available at ${commandRpm.toFixed(0)} 1/min`;
}

/** Adds up the heat of the drive above its continuous torque, and watches the spindle's temperature. */
export function watchHeat(state: MachineState, job: JobRun, inner: InnerStep): void {
  const speed = radPerS(state.rpm);
  const ratio = state.cut.spindleTorqueNm / continuousTorqueNm(speed, state.machine);
  state.thermalTripS = Math.max(0, state.thermalTripS + (ratio * ratio - 1) * inner.lengthS);
  const spindleK = state.nodes.spindle;
  if (spindleK > SPINDLE_WARN_K && !job.spindleHotReported) {
    job.spindleHotReported = true;
    report(state, 'spindleHot', `spindle at ${spindleK.toFixed(1)} K: above ${SPINDLE_WARN_K} K`);
  }
  if (job.status !== 'running') return;
  if (state.thermalTripS >= TRIP_S) trip(state, job, 'thermalTrip', 'the drive was overloaded for too long');
  else if (spindleK > SPINDLE_TRIP_K) trip(state, job, 'thermalTrip', `spindle at ${spindleK.toFixed(1)} K`);
}

function trip(state: MachineState, job: JobRun, type: 'thermalTrip' | 'overloadTrip', why: string): void {
  job.status = 'tripped';
  report(state, type, why);
}
