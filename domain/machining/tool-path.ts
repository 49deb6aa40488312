import type { InnerStep, JobRun, MachineState } from './machine-types.js';
import type { Pass } from './pass.js';
import type { JobPlan } from './plan.js';

/** Clearances, mm: beside the work (as a diameter), before its end, and where parts are changed. */
const SIDE_CLEARANCE_MM = 10;
const END_CLEARANCE_MM = 5;
const CHANGE_CLEARANCE_MM = 150;
const BORE_CLEARANCE_MM = 2;

/** Where the tool tip is: x as a diameter, z from the chuck face, mm. */
interface Tip {
  x: number;
  z: number;
}

/** The straight way of the tip along a pass: where it begins, and how it goes on per mm of travel. */
export interface TipLine {
  x: number;
  z: number;
  xPerTravel: number;
  zPerTravel: number;
}

export function tipLine(plan: JobPlan, pass: Pass): TipLine {
  const { cut, workLengthMm: z } = plan;
  const alongWork = (x: number): TipLine => ({ x, z, xPerTravel: 0, zPerTravel: -1 });
  switch (cut.jobType) {
    case 'turning':
      return alongWork(pass.diameterMm - 2 * pass.depthMm);
    case 'facing':
      return { x: pass.diameterMm, z: z - pass.depthMm, xPerTravel: pass.diameterPerTravel, zPerTravel: 0 };
    case 'boring':
      return alongWork(pass.diameterMm);
    case 'drilling':
      return alongWork(0);
    case 'threading':
      // inside, the mean diameter lies halfway between the core of the full thread and the tip
      return alongWork(
        cut.side === 'external' ? cut.diameterMm - 2 * pass.depthMm : pass.meanDiameterMm + pass.depthMm,
      );
    case 'knurling':
      return pass.continues
        ? { x: cut.diameterMm, z, xPerTravel: -2, zPerTravel: 0 }
        : alongWork(cut.diameterMm - 2 * cut.toothDepthMm);
  }
}

/** Puts the tip where it is after the travel done in the present pass. */
export function placeTip({ figures, travelMm }: JobRun, tip: Tip): void {
  const { x, z, xPerTravel, zPerTravel } = figures.tip;
  tip.x = x + xPerTravel * travelMm;
  tip.z = z + zPerTravel * travelMm;
}

const target: Tip = { x: 0, z: 0 };

/** Moves a tool that does not cut at rapid speed: to the start of the cut, out of it, or to where parts are changed. */
export function moveRapid(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (!aim(job)) return;
  const dx = (target.x - state.x) / 2;
  const dz = target.z - state.z;
  const distance = Math.sqrt(dx * dx + dz * dz);
  const reach = (state.machine.rapidMmPerMin / 60) * inner.lengthS;
  if (distance <= reach) {
    state.x = target.x;
    state.z = target.z;
    return;
  }
  state.x += (2 * dx * reach) / distance;
  state.z += (dz * reach) / distance;
}

/** Sets where the tool is to go. @returns false where it stays */
function aim(job: JobRun): boolean {
  const { plan, phase } = job;
  switch (phase) {
    case 'approach':
      placeTip(job, target);
      return true;
    case 'retract':
      placeTip(job, target);
      target.x = retractedDiameterMm(job);
      target.z = plan.workLengthMm + END_CLEARANCE_MM;
      return true;
    case 'partChange':
      target.x = plan.workDiameterMm + CHANGE_CLEARANCE_MM;
      target.z = plan.workLengthMm + CHANGE_CLEARANCE_MM;
      return true;
    default:
      return false;
  }
}

/** Diameter at which the tool, at `target` now, is clear of the work. */
function retractedDiameterMm(job: JobRun): number {
  const { cut } = job.plan;
  if (cut.jobType === 'drilling') return 0;
  const inside = cut.jobType === 'boring' || (cut.jobType === 'threading' && cut.side === 'internal');
  return inside ? Math.max(0, target.x - BORE_CLEARANCE_MM) : job.pass.diameterMm + SIDE_CLEARANCE_MM;
}
