import { CHATTER_LIFE } from '../machining/cutting.js';
import { stableWidthMm } from '../machining/heaviest-load.js';
import { APPROACH_S, PART_CHANGE_S, RETRACT_S } from '../machining/job-cycle.js';
import { continuousTorqueNm, frictionTorqueNm, type MachineLimits, radPerS } from '../machining/machine-limits.js';
import { nominalLifeMin, nominalLoad, nominalRiseK } from '../machining/nominal-load.js';
import type { Pass } from '../machining/pass.js';
import { passesOf } from '../machining/passes.js';
import type { JobPlan } from '../machining/plan.js';
import { rotatingInertiaKgM2 } from '../machining/spindle-drive.js';
import { flankWearMm } from '../machining/tool-life.js';

/** Wear of an edge at half its life, which stands for the mean over its life, mm. */
const HALF_WORN_MM = flankWearMm(0.5);
/** Pieces of a pass whose load changes on the way. */
const PIECES = 24;

/** A part as the equations promise it, without scatter, on an edge half worn. */
export interface PartFigures {
  /** from one workpiece to the next, without tool changes, s */
  cycleS: number;
  cuttingS: number;
  /** at the spindle, J */
  energyJ: number;
  /** share of the life of an average edge that the part takes */
  edges: number;
  /** highest temperature of the cutting zone, K */
  zoneK: number;
  /** heat of the drive over the cycle per what it bears without end */
  driveLoad: number;
}

/**
 * @param airK - temperature of air and workpiece, K
 * @param passes - those of the plan, where they are known
 */
export function partFigures(plan: JobPlan, airK: number, passes = passesOf(plan)): PartFigures {
  const figures: PartFigures = { cycleS: PART_CHANGE_S, cuttingS: 0, energyJ: 0, edges: 0, zoneK: airK, driveLoad: 0 };
  for (const pass of passes) addPass(figures, plan, pass, airK);
  figures.driveLoad /= figures.cycleS;
  return figures;
}

/** Mean tool life over a part, min of cutting. */
export function meanLifeMin({ cuttingS, edges }: PartFigures): number {
  return cuttingS / 60 / edges;
}

function addPass(figures: PartFigures, plan: JobPlan, pass: Pass, airK: number): void {
  const startRpm = nominalLoad(plan, pass, 0, HALF_WORN_MM).rpm;
  const approachS = pass.number === 1 ? Math.max(APPROACH_S, spinUpS(plan, startRpm)) : APPROACH_S;
  addAir(
    figures,
    plan.machine,
    startRpm,
    (continuesLast(plan, pass) ? 0 : approachS) + (pass.continues ? 0 : RETRACT_S),
  );
  const steady =
    pass.diameterPerTravel === 0 && pass.deepHoleDiameterMm === 0 && (pass.knurl?.depthPerTravel ?? 0) === 0;
  const pieces = steady ? 1 : PIECES;
  const pieceMm = pass.travelMm / pieces;
  for (let i = 0; i < pieces; i++) addCut(figures, plan, pass, (i + 0.5) * pieceMm, pieceMm, airK);
}

/** The second pass of a knurl goes on where the first has plunged to. */
const continuesLast = (plan: JobPlan, pass: Pass): boolean => plan.cut.jobType === 'knurling' && pass.number > 1;

function addAir(figures: PartFigures, machine: MachineLimits, rpm: number, seconds: number): void {
  addSpindle(figures, machine, frictionTorqueNm(rpm, 0), rpm, seconds);
}

function addSpindle(
  figures: PartFigures,
  machine: MachineLimits,
  torqueNm: number,
  rpm: number,
  seconds: number,
): void {
  const speed = radPerS(rpm);
  figures.cycleS += seconds;
  figures.energyJ += torqueNm * speed * seconds;
  figures.driveLoad += (torqueNm / continuousTorqueNm(speed, machine)) ** 2 * seconds;
}

function addCut(figures: PartFigures, plan: JobPlan, pass: Pass, atMm: number, lengthMm: number, airK: number): void {
  const load = nominalLoad(plan, pass, atMm, HALF_WORN_MM);
  const seconds = (60 * lengthMm) / (pass.feedMm * load.rpm);
  addSpindle(figures, plan.machine, load.cuttingTorqueNm + frictionTorqueNm(load.rpm, 0), load.rpm, seconds);
  const zoneK = airK + nominalRiseK(plan, pass, load, HALF_WORN_MM);
  const stable = stableWidthMm(plan, { pass, load });
  const steadyLifeMin = nominalLifeMin(plan, pass, load.cuttingSpeedMPerMin, zoneK);
  const lifeMin = stable !== null && pass.chipWidthMm > stable ? CHATTER_LIFE * steadyLifeMin : steadyLifeMin;
  figures.cuttingS += seconds;
  figures.edges += seconds / 60 / lifeMin;
  figures.zoneK = Math.max(figures.zoneK, zoneK);
}

/** Time until the drive at its full torque, later at its full power, has brought the spindle to speed, s. */
function spinUpS({ machine, material, workDiameterMm, heatedLengthMm }: JobPlan, rpm: number): number {
  const massKg = (material.density * Math.PI * workDiameterMm ** 2 * heatedLengthMm) / 4e9;
  const inertia = rotatingInertiaKgM2(machine.spindleInertiaKgM2, massKg, workDiameterMm);
  const speed = radPerS(rpm);
  const base = Math.min(speed, machine.peakPowerW / machine.peakTorqueNm);
  return (inertia * base) / machine.peakTorqueNm + (inertia * (speed ** 2 - base ** 2)) / (2 * machine.peakPowerW);
}
