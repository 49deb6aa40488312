import { COOLANTS } from './coolants.js';
import {
  COOLANT_DECAY,
  COOLANT_HEAT_SHARE,
  COOLANT_RESISTANCE,
  relax,
  SPINDLE_DECAY,
  SPINDLE_RESISTANCE,
  spindleHeatW,
  TOOL_CAPACITY,
  WORK_HEAT_SHARE,
  workResistance,
  ZONE_DECAY,
  ZONE_HALF_DECAY,
} from './heat.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { spindleFrictionNm } from './spindle-drive.js';

/** Heat of a slipping belt per spindle power and share of slip. */
const BELT_HEAT = 1;
/** Thinnest work that the exchange of heat is reckoned with, mm. */
const LEAST_DIAMETER_MM = 1;

/** Warms coolant, tool and work over the inner step. */
export function warmCut(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { nodes, effects } = state;
  const { figures } = job;
  const { powerW, lengthS: dtS } = inner;
  const wet = state.rpm > 0 && job.phase !== 'partChange';
  const cooling = wet ? figures.cooling : COOLANTS.dry;
  const flooded = wet && figures.isFlooded ? 1 - effects.coolantLoss : 0;
  const surroundings = nodes.air + flooded * (nodes.coolant - nodes.air);

  const toolR = cooling.toolResistance;
  const diameterM = Math.max(LEAST_DIAMETER_MM, figures.bodyDiameterMm || state.workDiameterMm) / 1000;
  const lengthM = figures.heatedLengthM;
  const workR = workResistance(cooling.workFilm, Math.PI * diameterM * lengthM);
  const workMassKg = (figures.material.density * Math.PI * diameterM * diameterM * lengthM) / 4;
  const workTauS = workR * workMassKg * figures.material.specificHeat;

  const carried =
    COOLANT_HEAT_SHARE * powerW + (nodes.tool - nodes.coolant) / toolR + (nodes.work - nodes.coolant) / workR;
  const coolantTarget = nodes.air + flooded * carried * COOLANT_RESISTANCE;
  const toolTarget = surroundings + toolR * figures.toolHeatShare * powerW;
  const workTarget = surroundings + workR * WORK_HEAT_SHARE * powerW;
  nodes.coolant = COOLANT_DECAY.relax(nodes.coolant, coolantTarget, dtS);
  nodes.tool = relax(nodes.tool, toolTarget, dtS, toolR * TOOL_CAPACITY);
  // the air may rise faster than the work follows: the work is never taken as colder than all around it
  nodes.work = Math.max(relax(nodes.work, workTarget, dtS, workTauS), Math.min(nodes.air, nodes.coolant));
}

/** Warms spindle and cutting zone over the inner step. */
export function warmMachine(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { nodes, effects } = state;
  const { lengthS: dtS } = inner;
  const spindlePower = state.cut.spindlePowerW;
  const spindleHeat =
    spindleHeatW(spindleFrictionNm(state), (state.rpm * 2 * Math.PI) / 60, spindlePower) +
    BELT_HEAT * effects.slip * spindlePower;
  const spindleTarget = nodes.air + SPINDLE_RESISTANCE * spindleHeat;
  nodes.spindle = SPINDLE_DECAY.relax(nodes.spindle, spindleTarget, dtS);
  state.cut.zoneTargetK = zoneTargetK(state, job, inner);
  nodes.zone = Math.max(ZONE_DECAY.relax(nodes.zone, state.cut.zoneTargetK, dtS), nodes.work);
}

/** Temperature that the cutting zone would come to, K. */
function zoneTargetK({ nodes }: MachineState, job: JobRun, inner: InnerStep): number {
  return Math.min(nodes.work + inner.riseK, job.figures.zoneLimitK);
}

/** Temperature of the cutting zone at the middle of the inner step, K. */
export function zoneHalfwayK(state: MachineState, job: JobRun, inner: InnerStep): number {
  return ZONE_HALF_DECAY.relax(state.nodes.zone, zoneTargetK(state, job, inner), inner.lengthS);
}
