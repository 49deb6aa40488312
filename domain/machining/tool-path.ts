import type { InnerStep, JobRun, MachineState } from './machine-types.js';

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

/** Puts the tip where it is after the travel done in the present pass. */
export function placeTip(job: JobRun, tip: Tip): void {
  const { plan, pass, travelMm } = job;
  const { cut, workLengthMm } = plan;
  tip.z = workLengthMm - travelMm;
  switch (cut.jobType) {
    case 'turning':
      tip.x = pass.diameterMm - 2 * pass.depthMm;
      break;
    case 'facing':
      tip.x = pass.diameterMm + pass.diameterPerTravel * travelMm;
      tip.z = workLengthMm - pass.depthMm;
      break;
    case 'boring':
      tip.x = pass.diameterMm;
      break;
    case 'drilling':
      tip.x = 0;
      break;
    case 'threading':
      // inside, the mean diameter lies halfway between the core of the full thread and the tip
      tip.x = cut.side === 'external' ? cut.diameterMm - 2 * pass.depthMm : pass.meanDiameterMm + pass.depthMm;
      break;
    case 'knurling':
      tip.x = cut.diameterMm - 2 * (pass.continues ? travelMm : cut.toothDepthMm);
      if (pass.continues) tip.z = workLengthMm;
      break;
  }
}

const target: Tip = { x: 0, z: 0 };

/** Moves a tool that does not cut at rapid speed: to the start of the cut, out of it, or to where parts are changed. */
export function moveRapid(state: MachineState, job: JobRun, inner: InnerStep): void {
  if (state.cut.engaged || !aim(job)) return;
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
