import { COOLANT_DECAY, Decay, relax, SPINDLE_DECAY, TOOL_CAPACITY, toolResistance, ZONE_DECAY } from './heat.js';
import type { CutNow, MachineState } from './machine-types.js';
import { nextGaussian, STREAM } from './random.js';

const AIR_DECAY = new Decay(3600);
const AIR_SD_K = 2;
const DAILY_SWING_K = 3;
const DAY_S = 86_400;
const CLIP = 4;

/** Moves clock and air on by `elapsedS`: the daily sine about the mean plus slow weather; the mean alone without noise. */
export function advanceAir(state: MachineState, elapsedS: number): void {
  state.clockS += elapsedS;
  if (state.job && !state.job.noise) {
    state.nodes.air = state.airMeanK;
    return;
  }
  const { sensorNoise, random } = state;
  const keep = AIR_DECAY.after(elapsedS);
  const weather =
    keep * sensorNoise[STREAM.airTemp]! + Math.sqrt(1 - keep * keep) * nextGaussian(random, STREAM.airTemp);
  sensorNoise[STREAM.airTemp] = weather;
  const clipped = Math.min(CLIP, Math.max(-CLIP, weather));
  const daily = Math.sin((2 * Math.PI * (state.clockS + state.clockOffsetS)) / DAY_S);
  state.nodes.air = state.airMeanK + DAILY_SWING_K * daily + AIR_SD_K * clipped;
}

/** The machine stands for `elapsedS`: spindle off, nodes relax to the air, the work is gone. */
export function standStill(state: MachineState, elapsedS: number): void {
  advanceAir(state, elapsedS);
  const { nodes, cut } = state;
  state.spindleRadPerS = 0;
  state.rpm = 0;
  state.thermalTripS = Math.max(0, state.thermalTripS - elapsedS);
  nodes.spindle = SPINDLE_DECAY.relax(nodes.spindle, nodes.air, elapsedS);
  nodes.coolant = COOLANT_DECAY.relax(nodes.coolant, nodes.air, elapsedS);
  nodes.tool = relax(nodes.tool, nodes.air, elapsedS, toolResistance('dry', 0) * TOOL_CAPACITY);
  nodes.work = nodes.air;
  nodes.zone = ZONE_DECAY.relax(Math.max(nodes.zone, nodes.work), nodes.work, elapsedS);
  clearCut(cut);
  cut.spindleTorqueNm = 0;
  cut.spindlePowerW = 0;
  cut.vibrationMmPerS = 0;
  cut.availableTorqueNm = 0;
}

/** The tool is in air: no feed, no force. */
export function clearCut(cut: CutNow): void {
  cut.engaged = false;
  cut.feedRateMmPerMin = 0;
  cut.cuttingForceN = 0;
  cut.feedForceN = 0;
  cut.passiveForceN = 0;
  cut.cuttingTorqueNm = 0;
  cut.removalRateCm3PerMin = 0;
  cut.cuttingSpeedMPerMin = 0;
  cut.chatterRatio = 0;
}
