import type { JobRun, MachineState } from './machine-types.js';

/** Clearances, mm: beside the work (as a diameter), before its end, and where parts are changed. */
const SIDE_CLEARANCE_MM = 10;
const END_CLEARANCE_MM = 5;
const CHANGE_CLEARANCE_MM = 150;
const BORE_CLEARANCE_MM = 2;

/** Tool tip as a diameter after `travelMm` of the present pass, mm. */
export function tipDiameterMm(job: JobRun): number {
  const { pass, travelMm } = job;
  const { cut } = job.plan;
  switch (cut.jobType) {
    case 'turning':
      return pass.diameterMm - 2 * pass.depthMm;
    case 'facing':
      return pass.diameterMm + pass.diameterPerTravel * travelMm;
    case 'boring':
      return pass.diameterMm;
    case 'drilling':
      return 0;
    case 'threading':
      return cut.side === 'external' ? cut.diameterMm - 2 * pass.depthMm : innerThreadTipMm(job);
    case 'knurling':
      return pass.continues ? cut.diameterMm - 2 * travelMm : cut.diameterMm - 2 * cut.toothDepthMm;
  }
}

function innerThreadTipMm(job: JobRun): number {
  // the mean diameter lies halfway between the core of the full thread and the tip
  const { pass } = job;
  return pass.meanDiameterMm + pass.depthMm;
}

/** Tool tip from the chuck face after `travelMm` of the present pass, mm. */
export function tipDistanceMm(job: JobRun): number {
  const { plan, pass, travelMm } = job;
  switch (plan.cut.jobType) {
    case 'facing':
      return plan.workLengthMm - pass.depthMm;
    case 'knurling':
      return pass.continues ? plan.workLengthMm : plan.workLengthMm - travelMm;
    default:
      return plan.workLengthMm - travelMm;
  }
}

/** Moves the tool at rapid speed for `dtS` towards the start of the cut, out of it, or to where parts are changed. */
export function moveRapid(state: MachineState, job: JobRun, dtS: number): void {
  const { plan, phase } = job;
  if (phase === 'approach') {
    moveTowards(state, tipDiameterMm(job), tipDistanceMm(job), dtS);
  } else if (phase === 'retract') {
    moveTowards(state, retractedDiameterMm(job), plan.workLengthMm + END_CLEARANCE_MM, dtS);
  } else if (phase === 'partChange') {
    moveTowards(state, plan.workDiameterMm + CHANGE_CLEARANCE_MM, plan.workLengthMm + CHANGE_CLEARANCE_MM, dtS);
  }
}

function retractedDiameterMm(job: JobRun): number {
  const { cut } = job.plan;
  if (cut.jobType === 'drilling') return 0;
  const inside = cut.jobType === 'boring' || (cut.jobType === 'threading' && cut.side === 'internal');
  return inside ? Math.max(0, tipDiameterMm(job) - BORE_CLEARANCE_MM) : job.pass.diameterMm + SIDE_CLEARANCE_MM;
}

function moveTowards(state: MachineState, x: number, z: number, dtS: number): void {
  const dx = (x - state.x) / 2;
  const dz = z - state.z;
  const distance = Math.sqrt(dx * dx + dz * dz);
  const reach = (state.machine.rapidMmPerMin / 60) * dtS;
  if (distance <= reach) {
    state.x = x;
    state.z = z;
    return;
  }
  state.x += (2 * dx * reach) / distance;
  state.z += (dz * reach) / distance;
}
