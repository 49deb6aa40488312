import {
  COOLANT_DECAY,
  COOLANT_HEAT_SHARE,
  COOLANT_RESISTANCE,
  relax,
  SPINDLE_DECAY,
  SPINDLE_RESISTANCE,
  spindleHeatW,
  TOOL_CAPACITY,
  toolHeatShare,
  toolResistance,
  WORK_HEAT_SHARE,
  workResistance,
  ZONE_DECAY,
  ZONE_HALF_DECAY,
  ZONE_LIMIT_SHARE,
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
  const { plan } = job;
  const { powerW, lengthS: dtS } = inner;
  const wet = state.rpm > 0 && job.phase !== 'partChange';
  const coolant = wet ? plan.coolant : 'dry';
  const flooded = coolant === 'flood' ? 1 - effects.coolantLoss : 0;
  const surroundings = nodes.air + flooded * (nodes.coolant - nodes.air);

  const toolR = toolResistance(coolant, effects.coolantLoss);
  const diameterM = Math.max(LEAST_DIAMETER_MM, bodyDiameterMm(state, job)) / 1000;
  const lengthM = plan.heatedLengthMm / 1000;
  const workR = workResistance(coolant, effects.coolantLoss, Math.PI * diameterM * lengthM);
  const workMassKg = (plan.material.density * Math.PI * diameterM * diameterM * lengthM) / 4;
  const workTauS = workR * workMassKg * plan.material.specificHeat;

  const carried =
    COOLANT_HEAT_SHARE * powerW + (nodes.tool - nodes.coolant) / toolR + (nodes.work - nodes.coolant) / workR;
  const coolantTarget = nodes.air + flooded * carried * COOLANT_RESISTANCE;
  const toolTarget = surroundings + toolR * toolHeatShare(plan.material) * powerW;
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
  return Math.min(nodes.work + inner.riseK, ZONE_LIMIT_SHARE * job.plan.material.limitTemperature);
}

/** Temperature of the cutting zone at the middle of the inner step, K. */
export function zoneHalfwayK(state: MachineState, job: JobRun, inner: InnerStep): number {
  return ZONE_HALF_DECAY.relax(state.nodes.zone, zoneTargetK(state, job, inner), inner.lengthS);
}

/** Diameter of the body that takes up heat: the work where the tool turns its outside, else the whole of it, mm. */
function bodyDiameterMm(state: MachineState, job: JobRun): number {
  return job.plan.cut.jobType === 'turning' ? state.workDiameterMm : job.plan.workDiameterMm;
}
