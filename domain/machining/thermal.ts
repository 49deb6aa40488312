import {
  COOLANT_HEAT_SHARE,
  COOLANT_NODE,
  relax,
  SPINDLE_NODE,
  spindleHeatW,
  TOOL_CAPACITY,
  toolHeatShare,
  toolResistance,
  WORK_HEAT_SHARE,
  workResistance,
  ZONE_LIMIT_SHARE,
  ZONE_TAU_S,
} from './heat.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { spindleFrictionNm } from './spindle-drive.js';

/** Heat of a slipping belt per spindle power and share of slip. */
const BELT_HEAT = 1;
/** Thinnest work that the exchange of heat is reckoned with, mm. */
const LEAST_DIAMETER_MM = 1;

/** Moves every node on by the inner step. */
export function advanceHeat(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { powerW: cuttingPowerW, riseK: zoneRiseK, lengthS: dtS } = inner;
  const { nodes, effects } = state;
  const { plan } = job;
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
    COOLANT_HEAT_SHARE * cuttingPowerW + (nodes.tool - nodes.coolant) / toolR + (nodes.work - nodes.coolant) / workR;
  const coolantTarget = nodes.air + flooded * carried * COOLANT_NODE.resistance;
  const spindlePower = state.cut.spindlePowerW;
  const spindleHeat =
    spindleHeatW(spindleFrictionNm(state), (state.rpm * 2 * Math.PI) / 60, spindlePower) +
    BELT_HEAT * effects.slip * spindlePower;

  const toolTarget = surroundings + toolR * toolHeatShare(plan.material) * cuttingPowerW;
  const workTarget = surroundings + workR * WORK_HEAT_SHARE * cuttingPowerW;
  nodes.coolant = relax(nodes.coolant, coolantTarget, dtS, COOLANT_NODE.resistance * COOLANT_NODE.capacity);
  nodes.tool = relax(nodes.tool, toolTarget, dtS, toolR * TOOL_CAPACITY);
  // the air may rise faster than the work follows: the work is never taken as colder than all around it
  nodes.work = Math.max(relax(nodes.work, workTarget, dtS, workTauS), Math.min(nodes.air, nodes.coolant));
  nodes.spindle = relax(
    nodes.spindle,
    nodes.air + SPINDLE_NODE.resistance * spindleHeat,
    dtS,
    SPINDLE_NODE.resistance * SPINDLE_NODE.capacity,
  );
  const zoneTarget = Math.min(nodes.work + zoneRiseK, ZONE_LIMIT_SHARE * plan.material.limitTemperature);
  nodes.zone = Math.max(relax(nodes.zone, zoneTarget, dtS, ZONE_TAU_S), nodes.work);
}

/** Diameter of the body that takes up heat: the work where the tool turns its outside, else the whole of it, mm. */
function bodyDiameterMm(state: MachineState, job: JobRun): number {
  return job.plan.cut.jobType === 'turning' ? state.workDiameterMm : job.plan.workDiameterMm;
}
