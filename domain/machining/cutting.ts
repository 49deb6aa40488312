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
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { runStages, type Stage } from './stages.js';
import { clearCut } from './stand-still.js';
import { coolantLifeFactor, flankWearMm, softeningDivisor, taylorLifeMin } from './tool-life.js';
import { placeTip } from './tool-path.js';
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

const CUT: readonly Stage[] = [feedTool, loadEdge, heatZone, reckonLife, wearTool];

/** Cuts for an inner step, where the program is in a cut: feed, force with the entry of the tool, heat of the zone, life. */
export function cutWork(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.status === 'running' && job.phase === 'cut') {
    runStages(CUT, state, job, inner);
    return;
  }
  inner.powerW = 0;
  inner.riseK = 0;
  inner.specificForce = 0;
  clearCut(state.cut);
}

/** Feeds the tool on; the load of the step is that at the middle of its travel. */
function feedTool(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { pass } = job;
  const before = job.travelMm;
  const feedMm = (pass.feedMm * state.rpm * inner.lengthS) / 60;
  if (isEndless(job)) {
    if (pass.diameterPerTravel === 0 && pass.deepHoleDiameterMm === 0) job.travelMm = (before + feedMm) % pass.travelMm;
    conditions.travelMm = job.travelMm;
  } else {
    job.travelMm = Math.min(pass.travelMm, before + feedMm);
    conditions.travelMm = (before + job.travelMm) / 2;
  }
  state.workDiameterMm = pass.diameterMm + pass.diameterPerTravel * job.travelMm;
  placeTip(job, state);
}

/** Loads the edge. */
function loadEdge(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { pass, plan } = job;
  const { cut, effects } = state;
  const tool = activeTool(state);
  const hardness = effects.hardnessFactor * job.workpieceFactor;
  conditions.specificForceSharp = job.specificForceSharp * hardness;
  conditions.flankWearMm = tool.flankWearMm;
  conditions.coolantFactor = coolantForceFactor(plan.coolant, effects.coolantLoss);
  conditions.forceFactor = (pass.knurl ? hardness : 1) * (tool.chipped ? CHIPPED_FORCE : 1);
  conditions.rpm = state.rpm;
  cutLoad(pass, conditions, load);

  inner.engagement = 1;
  if (job.engagement < 1) enterWork(state, job, inner);
  inner.specificForce = load.specificForce;
  inner.powerW = load.cuttingPowerW * inner.engagement;

  cut.engaged = true;
  cut.feedRateMmPerMin = pass.feedMm * state.rpm;
  cut.cuttingForceN = load.cuttingForceN * job.engagement;
  cut.feedForceN = load.feedForceN * job.engagement;
  cut.passiveForceN = load.passiveForceN * job.engagement;
  cut.cuttingTorqueNm = load.cuttingTorqueNm * job.engagement;
  cut.removalRateCm3PerMin = load.removalRateCm3PerMin * job.engagement;
  cut.cuttingSpeedMPerMin = load.cuttingSpeedMPerMin;
}

/** Forces build up over one revolution from the entry; heat takes their mean. */
function enterWork(state: MachineState, job: JobRun, inner: InnerStep): void {
  const entryS = 60 / Math.max(1, state.rpm);
  const decay = Math.exp(-inner.lengthS / entryS);
  const missing = 1 - job.engagement;
  inner.engagement = 1 - (missing * (1 - decay) * entryS) / inner.lengthS;
  job.engagement = 1 - missing * decay;
}

/** Rise of the cutting zone over the work that the cut would hold. */
function heatZone(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.pass.knurl) {
    inner.riseK = formingRiseK(load.cuttingPowerW) * inner.engagement;
    return;
  }
  const { material, coolant } = job.plan;
  const rise = cookRiseK(
    material,
    conditions.specificForceSharp * conditions.coolantFactor,
    Math.min(conditions.flankWearMm, FORCE_WEAR_CAP_MM),
    load.cuttingSpeedMPerMin,
    job.pass.chipThicknessMm,
    zoneCoolingFactor(coolant, state.effects.coolantLoss),
  );
  inner.riseK = (job.chattering ? rise * CHATTER_HEAT : rise) * inner.engagement;
}

/** Tool life at the present conditions. */
function reckonLife(state: MachineState, job: JobRun): void {
  const tool = activeTool(state);
  const luck = job.noise ? tool.lifeFactor : 1;
  if (job.pass.knurl) {
    tool.lifeMin = KNURL_WHEEL_LIFE_MIN * luck;
    return;
  }
  const { coolant, tool: edge } = job.plan;
  const coolantFactor = coolantLifeFactor(coolant, state.effects.coolantLoss);
  const life = taylorLifeMin(job.speedFor15Min, load.cuttingSpeedMPerMin, job.taylorN, coolantFactor);
  const softening = softeningDivisor(state.nodes.zone, SOFTENING_TEMPERATURE_K[edge.kind]);
  tool.lifeMin = ((life * luck) / softening) * (job.chattering ? CHATTER_LIFE : 1);
}

/** Wears the edge: life used adds up linearly, whatever the conditions were. */
function wearTool(state: MachineState, job: JobRun, inner: InnerStep): void {
  const tool = activeTool(state);
  const minutes = inner.lengthS / 60;
  tool.minutes += minutes;
  tool.lifeUsed += minutes / tool.lifeMin;
  tool.flankWearMm = flankWearMm(tool.lifeUsed);
  job.engagedS += inner.lengthS;
}
