import { type CutConditions, type CutLoad, cutLoad, emptyLoad, entryTauS, FORCE_WEAR_CAP_MM } from './forces.js';
import { cookRiseK, formingRiseK } from './heat.js';
import { isEndless } from './job-cycle.js';
import { KNURL_WHEEL_LIFE_MIN } from './knurling.js';
import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import { changesAlong } from './pass.js';
import type { PassFigures } from './pass-figures.js';
import { judgeStability } from './shake.js';
import { runStages, type Stage } from './stages.js';
import { clearCut } from './stand-still.js';
import { zoneHalfwayK } from './thermal.js';
import { BREAKAGE_LIFE_USED, flankWearMm, softeningDivisor, taylorLifeMin } from './tool-life.js';
import { moveRapid, placeTip } from './tool-path.js';
import { activeTool } from './tool-state.js';

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

const CUT: readonly Stage[] = [feedTool, loadEdge, judgeStability, heatZone, reckonLife, wearTool, showLoad];

/** Cuts for an inner step: feed, force with the entry of the tool, heat of the zone, life. In air the tool moves at rapid speed. */
export function cutOrMove(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.status === 'running' && job.phase === 'cut') {
    runStages(CUT, state, job, inner);
    return;
  }
  inner.powerW = 0;
  inner.riseK = 0;
  inner.specificForce = 0;
  clearCut(state.cut);
  job.chattering = false;
  moveRapid(state, job, inner);
}

/** Feeds the tool on. */
function feedTool(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { pass } = job;
  const before = job.travelMm;
  const feedMm = (pass.feedMm * inner.meanRpm * inner.lengthS) / 60;
  if (isEndless(job)) {
    if (!changesAlong(pass)) job.travelMm = (before + feedMm) % pass.travelMm;
    conditions.travelMm = job.travelMm;
  } else {
    job.travelMm = Math.min(pass.travelMm, before + feedMm);
    conditions.travelMm = (before + job.travelMm) / 2;
  }
  state.workDiameterMm = pass.diameterMm + pass.diameterPerTravel * job.travelMm;
  placeTip(job, state);
}

/** Loads the edge as at the middle of the step: heat and wear of the step follow from it. */
function loadEdge(state: MachineState, job: JobRun, inner: InnerStep): void {
  const { pass, figures } = job;
  const { effects } = state;
  const tool = activeTool(state);
  const hardness = effects.hardnessFactor * job.workpieceFactor;
  conditions.specificForceSharp = figures.specificForceSharp * hardness;
  conditions.flankWearMm = tool.flankWearMm;
  conditions.coolantFactor = figures.cooling.force;
  conditions.forceFactor = (pass.knurl ? hardness : 1) * (tool.chipped ? CHIPPED_FORCE : 1);
  conditions.rpm = inner.meanRpm;
  cutLoad(pass, conditions, load);
  inner.engagement = 1;
  if (job.engagement < 1) enterWork(state, job, inner);
  inner.specificForce = load.specificForce;
  inner.powerW = load.cuttingPowerW * inner.engagement;
}

/** Forces build up over one revolution from the entry; heat takes their mean. */
function enterWork(state: MachineState, job: JobRun, inner: InnerStep): void {
  const entryS = entryTauS(state.rpm);
  const decay = Math.exp(-inner.lengthS / entryS);
  const missing = 1 - job.engagement;
  inner.engagement = 1 - (missing * (1 - decay) * entryS) / inner.lengthS;
  job.engagement = 1 - missing * decay;
}

/** Rise of the cutting zone over the work that the cut would hold. */
function heatZone(_state: MachineState, job: JobRun, inner: InnerStep): void {
  if (job.pass.knurl) heatFormed(inner);
  else heatCut(job, inner);
}

function heatFormed(inner: InnerStep): void {
  inner.riseK = formingRiseK(load.cuttingPowerW) * inner.engagement;
}

function heatCut(job: JobRun, inner: InnerStep): void {
  const { material, cooling } = job.figures;
  const rise = cookRiseK(
    material,
    conditions.specificForceSharp * conditions.coolantFactor,
    Math.min(conditions.flankWearMm, FORCE_WEAR_CAP_MM),
    load.cuttingSpeedMPerMin,
    job.pass.chipThicknessMm,
    cooling.zone,
  );
  inner.riseK = (job.chattering ? rise * CHATTER_HEAT : rise) * inner.engagement;
}

/** Tool life at the conditions of the step, with the zone as hot as at its middle. */
function reckonLife(state: MachineState, job: JobRun, inner: InnerStep): void {
  const tool = activeTool(state);
  const luck = job.noise ? tool.lifeFactor : 1;
  if (job.pass.knurl) {
    tool.lifeMin = KNURL_WHEEL_LIFE_MIN * luck;
    return;
  }
  const { figures } = job;
  if (figures.lifeSpeedMPerMin !== load.cuttingSpeedMPerMin || figures.lifeCoolant !== figures.cooling.life) {
    reckonTaylor(figures);
  }
  const softening = softeningDivisor(zoneHalfwayK(state, job, inner), figures.softeningK);
  tool.lifeMin = ((figures.lifeMin * luck) / softening) * (job.chattering ? CHATTER_LIFE : 1);
}

function reckonTaylor(figures: PassFigures): void {
  const { speedFor15Min, taylorN, cooling } = figures;
  figures.lifeSpeedMPerMin = load.cuttingSpeedMPerMin;
  figures.lifeCoolant = cooling.life;
  figures.lifeMin = taylorLifeMin(speedFor15Min, load.cuttingSpeedMPerMin, taylorN, cooling.life);
}

/** Wears the edge: life used adds up linearly, whatever the conditions were. */
function wearTool(state: MachineState, job: JobRun, inner: InnerStep): void {
  const tool = activeTool(state);
  const minutes = inner.lengthS / 60;
  tool.minutes += minutes;
  // it gives way the moment it comes to breakage, within the step
  const lifeUsed = Math.min(tool.lifeUsed + minutes / tool.lifeMin, BREAKAGE_LIFE_USED);
  tool.lifeUsed = Math.max(tool.lifeUsed, lifeUsed);
  tool.flankWearMm = flankWearMm(tool.lifeUsed);
  job.engagedS += inner.lengthS;
}

/** Where speed or load change: load and life at the end of the step. */
function reachEnd(state: MachineState, job: JobRun, inner: InnerStep): void {
  conditions.travelMm = job.travelMm;
  conditions.rpm = state.rpm;
  cutLoad(job.pass, conditions, load);
  reckonLife(state, job, inner);
}

/** Tells the load at the end of the step. */
function showLoad(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (inner.meanRpm !== state.rpm || changesAlong(job.pass)) reachEnd(state, job, inner);
  const { cut } = state;
  cut.engaged = true;
  cut.feedRateMmPerMin = job.pass.feedMm * state.rpm;
  cut.cuttingForceN = load.cuttingForceN * job.engagement;
  cut.feedForceN = load.feedForceN * job.engagement;
  cut.passiveForceN = load.passiveForceN * job.engagement;
  cut.cuttingTorqueNm = load.cuttingTorqueNm * job.engagement;
  cut.removalRateCm3PerMin = load.removalRateCm3PerMin * job.engagement;
  cut.cuttingSpeedMPerMin = load.cuttingSpeedMPerMin;
}
