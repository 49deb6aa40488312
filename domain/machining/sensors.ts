import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { failureProbability, healthOf } from './failure.js';
import type { InnerStep, MachineState } from './machine-types.js';
import { nextGaussian, STREAM } from './random.js';
import { applySensorFaults } from './sensor-faults.js';
import { activeTool } from './tool-state.js';

/** Noise of a sensor: an AR(1) process whose standard deviation does not depend on the tick. */
interface SensorNoise {
  stream: number;
  tauS: number;
}

const NOISES: readonly SensorNoise[] = [
  { stream: STREAM.torque, tauS: 0.5 },
  { stream: STREAM.rpm, tauS: 1 },
  { stream: STREAM.vibration, tauS: 1 },
  { stream: STREAM.processTemperature, tauS: 2 },
  { stream: STREAM.cuttingZoneTemperature, tauS: 2 },
];
/** Standard deviations: relative, or in K and mm. */
const TORQUE_SD = 0.015;
const RPM_SD = 0.001;
const VIBRATION_SD = 0.05;
const PROCESS_SD_K = 0.3;
const ZONE_SD = 0.008;
const WEAR_SD_MM = 0.005;
const CLIP = 4;

/** Chatter and a chipped edge make the torque restless. */
const CHATTER_RIPPLE = 5;
const CHIPPED_SCATTER = 4;

const coefficients = { dtS: Number.NaN, keep: new Float64Array(NOISES.length), fresh: new Float64Array(NOISES.length) };

/** The same for every machine with the same tick, so one set is kept. */
function coefficientsFor({ tickS: dtS }: InnerStep): typeof coefficients {
  if (coefficients.dtS !== dtS) {
    coefficients.dtS = dtS;
    for (let i = 0; i < NOISES.length; i++) {
      const keep = Math.exp(-dtS / NOISES[i]!.tauS);
      coefficients.keep[i] = keep;
      coefficients.fresh[i] = Math.sqrt(1 - keep * keep);
    }
  }
  return coefficients;
}

/** Moves the noise of every sensor on by one tick. */
export function advanceSensorNoise(state: MachineState, inner: InnerStep): void {
  const { random, sensorNoise } = state;
  const { keep, fresh } = coefficientsFor(inner);
  for (let i = 0; i < NOISES.length; i++) {
    const { stream } = NOISES[i]!;
    sensorNoise[stream] = keep[i]! * sensorNoise[stream]! + fresh[i]! * nextGaussian(random, stream);
  }
  sensorNoise[STREAM.flankWear] = nextGaussian(random, STREAM.flankWear);
}

const clipped = (value: number): number => Math.min(CLIP, Math.max(-CLIP, value));

const C = CHANNEL_INDEX;

/** Computes what is true of this tick and what the sensors tell of it. */
export function observe(state: MachineState): void {
  observeTruth(state);
  const { truth, measured } = state;
  measured.set(truth);
  if (state.job === null || state.job.noise) addNoise(state);
  if (state.faults.length > 0) applySensorFaults(state);
}

function observeTruth(state: MachineState): void {
  const { truth, cut, nodes, job } = state;
  const tool = activeTool(state);
  cut.failureProbability = failureProbability(
    tool.lifeUsed,
    tool.lifeMin,
    tool.broken,
    state.bearingWear,
    cut.availableTorqueNm > 0 ? cut.spindleTorqueNm / cut.availableTorqueNm : 0,
    nodes.spindle,
  );
  cut.health = healthOf(tool.lifeUsed, state.bearingWear, nodes.spindle, cut.vibrationMmPerS, tool.broken);
  truth[C.rpm] = state.rpm;
  truth[C.feedRate] = cut.feedRateMmPerMin;
  truth[C.torque] = cut.spindleTorqueNm;
  truth[C.power] = cut.spindlePowerW;
  truth[C.cuttingForce] = cut.cuttingForceN;
  truth[C.airTemperature] = nodes.air;
  truth[C.processTemperature] = nodes.tool;
  truth[C.vibration] = cut.vibrationMmPerS;
  truth[C.toolWear] = tool.minutes;
  truth[C.flankWear] = tool.flankWearMm;
  truth[C.failureProbability] = cut.failureProbability;
  truth[C.health] = cut.health;
  truth[C.remainingUsefulLife] = remainingLifeMin(tool.lifeUsed, tool.lifeMin, tool.broken);
  truth[C.progress] = job ? Math.min(1, job.elapsedS / job.estimatedS) : 0;
  truth[C.x] = state.x;
  truth[C.z] = state.z;
  truth[C.cuttingZoneTemperature] = nodes.zone;
  truth[C.workDiameter] = job ? state.workDiameterMm : Number.NaN;
}

/** Minutes of cutting left at the present or last conditions; NaN before the tool's first job. */
function remainingLifeMin(lifeUsed: number, lifeMin: number, broken: boolean): number {
  if (broken) return 0;
  return lifeMin > 0 ? Math.max(0, 1 - lifeUsed) * lifeMin : Number.NaN;
}

function addNoise(state: MachineState): void {
  const { measured, sensorNoise, job } = state;
  let scatter = 1;
  if (job?.chattering) scatter *= CHATTER_RIPPLE;
  if (job && state.cut.engaged && activeTool(state).chipped) scatter *= CHIPPED_SCATTER;
  const torqueFactor = 1 + TORQUE_SD * scatter * clipped(sensorNoise[STREAM.torque]!);
  const speedFactor = 1 + RPM_SD * clipped(sensorNoise[STREAM.rpm]!);
  measured[C.rpm] = measured[C.rpm]! * speedFactor;
  measured[C.feedRate] = measured[C.feedRate]! * speedFactor;
  measured[C.torque] = measured[C.torque]! * torqueFactor;
  measured[C.cuttingForce] = measured[C.cuttingForce]! * torqueFactor;
  // from the same noisy readings, so that P = M w holds between the channels
  measured[C.power] = (measured[C.torque]! * measured[C.rpm]! * 2 * Math.PI) / 60;
  measured[C.vibration] = measured[C.vibration]! * (1 + VIBRATION_SD * clipped(sensorNoise[STREAM.vibration]!));
  measured[C.processTemperature]! += PROCESS_SD_K * clipped(sensorNoise[STREAM.processTemperature]!);
  measured[C.cuttingZoneTemperature]! *= 1 + ZONE_SD * clipped(sensorNoise[STREAM.cuttingZoneTemperature]!);
  measured[C.flankWear] = Math.max(0, measured[C.flankWear]! + WEAR_SD_MM * clipped(sensorNoise[STREAM.flankWear]!));
}
