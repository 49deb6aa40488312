import {
  type CutConditions,
  type CutLoad,
  coolantForceFactor,
  cutLoad,
  emptyLoad,
  FORCE_WEAR_CAP_MM,
} from './forces.js';
import { cookRiseK, formingRiseK, zoneCoolingFactor } from './heat.js';
import { isEndless } from './job-cycle.js';
import { KNURL_WHEEL_LIFE_MIN } from './knurling.js';
import type { InnerStep, JobRun, MachineState, ToolState } from './machine-types.js';
import { coolantLifeFactor, flankWearMm, softeningDivisor, taylorLifeMin } from './tool-life.js';
import { tipDiameterMm, tipDistanceMm } from './tool-path.js';
import { activeTool } from './tool-state.js';
import { SOFTENING_TEMPERATURE_K } from './tools.js';

/** A chipped edge cuts with what is left of it. */
const CHIPPED_FORCE = 0.4;
export const CHATTER_LIFE = 0.4;
const CHATTER_HEAT = 1.05;

const conditions: CutConditions = {
  specificForceSharp: 0,
  flankWearMm: 0,
  coolantFactor: 1,
  forceFactor: 1,
  travelMm: 0,
  rpm: 0,
};
const load: CutLoad = emptyLoad();

/**
 * Cuts for an inner step: feed, force with the entry of the tool, life. The load is that at the middle of the step's travel; forces
 * build up over one revolution from the entry, and heat takes their mean.
 */
export function cut(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { pass, plan } = job;
  const { cut, effects } = state;
  const tool = activeTool(state);
  const dtS = inner.lengthS;
  const travelled = advanceTravel(state, job, dtS);

  const hardness = effects.hardnessFactor * job.workpieceFactor;
  conditions.specificForceSharp = job.specificForceSharp * hardness;
  conditions.flankWearMm = tool.flankWearMm;
  conditions.coolantFactor = coolantForceFactor(plan.coolant, effects.coolantLoss);
  conditions.forceFactor = (pass.knurl ? hardness : 1) * (tool.chipped ? CHIPPED_FORCE : 1);
  conditions.travelMm = travelled;
  conditions.rpm = state.rpm;
  cutLoad(pass, conditions, load);

  const entryS = 60 / Math.max(1, state.rpm);
  const decay = Math.exp(-dtS / entryS);
  const missing = 1 - job.engagement;
  const meanEngagement = 1 - (missing * (1 - decay) * entryS) / dtS;
  job.engagement = 1 - missing * decay;

  cut.engaged = true;
  cut.feedRateMmPerMin = pass.feedMm * state.rpm;
  cut.cuttingForceN = load.cuttingForceN * job.engagement;
  cut.feedForceN = load.feedForceN * job.engagement;
  cut.passiveForceN = load.passiveForceN * job.engagement;
  cut.cuttingTorqueNm = load.cuttingTorqueNm * job.engagement;
  cut.removalRateCm3PerMin = load.removalRateCm3PerMin * job.engagement;
  cut.cuttingSpeedMPerMin = load.cuttingSpeedMPerMin;

  inner.specificForce = load.specificForce;
  inner.powerW = load.cuttingPowerW * meanEngagement;
  inner.riseK = zoneRiseK(state, job, tool) * meanEngagement;
  wearTool(state, job, tool, dtS);
}

/** Feeds the tool on and returns the travel at the middle of the step, mm. */
function advanceTravel(state: MachineState, job: JobRun, dtS: number): number {
  const { pass } = job;
  const before = job.travelMm;
  if (isEndless(job)) {
    if (pass.diameterPerTravel === 0 && pass.deepHoleDiameterMm === 0) {
      job.travelMm = (before + (pass.feedMm * state.rpm * dtS) / 60) % pass.travelMm;
    }
  } else {
    job.travelMm = Math.min(pass.travelMm, before + (pass.feedMm * state.rpm * dtS) / 60);
  }
  state.workDiameterMm = pass.diameterMm + pass.diameterPerTravel * job.travelMm;
  state.x = tipDiameterMm(job);
  state.z = tipDistanceMm(job);
  return isEndless(job) ? job.travelMm : (before + job.travelMm) / 2;
}

function zoneRiseK(state: MachineState, job: JobRun, tool: ToolState): number {
  if (job.pass.knurl) return formingRiseK(load.cuttingPowerW);
  const { plan } = job;
  const loss = state.effects.coolantLoss;
  const rise = cookRiseK(
    plan.material,
    conditions.specificForceSharp * conditions.coolantFactor,
    Math.min(tool.flankWearMm, FORCE_WEAR_CAP_MM),
    load.cuttingSpeedMPerMin,
    job.pass.chipThicknessMm,
    zoneCoolingFactor(plan.coolant, loss),
  );
  return job.chattering ? rise * CHATTER_HEAT : rise;
}

/** Tool life at the present conditions, min. */
function presentLifeMin(state: MachineState, job: JobRun, tool: ToolState): number {
  const luck = job.noise ? tool.lifeFactor : 1;
  if (job.pass.knurl) return KNURL_WHEEL_LIFE_MIN * luck;
  const { plan } = job;
  const coolant = coolantLifeFactor(plan.coolant, state.effects.coolantLoss);
  const life = taylorLifeMin(job.speedFor15Min, load.cuttingSpeedMPerMin, plan.tool.taylorN ?? 0.25, coolant);
  const softening = softeningDivisor(state.nodes.zone, SOFTENING_TEMPERATURE_K[plan.tool.kind]);
  return ((life * luck) / softening) * (job.chattering ? CHATTER_LIFE : 1);
}

/** Wear adds up linearly in life used, whatever the conditions were. */
function wearTool(state: MachineState, job: JobRun, tool: ToolState, dtS: number): void {
  tool.lifeMin = presentLifeMin(state, job, tool);
  const minutes = dtS / 60;
  tool.minutes += minutes;
  tool.lifeUsed += minutes / tool.lifeMin;
  tool.flankWearMm = flankWearMm(tool.lifeUsed);
  job.engagedS += dtS;
}
