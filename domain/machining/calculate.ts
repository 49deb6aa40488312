import type { PlanWarning } from '../contract/machining.js';
import { barStiffnessNPerM } from './boring.js';
import { geometricRa } from './finish.js';
import { knurlContact, knurlTeeth } from './knurling.js';
import { availableTorqueNm, frictionTorqueNm, radPerS } from './machine-limits.js';
import { cuttingTimeMin, type NominalLoad, nominalLifeMin, nominalLoad, nominalRiseK } from './nominal-load.js';
import type { Pass } from './pass.js';
import { planPass } from './passes.js';
import { type JobPlan, type PlanLibrary, planJob } from './plan.js';
import type { MachiningRequest } from './request.js';
import { stabilityLimitMm } from './stability.js';
import { type ThreadingCut, threadDepthMm, threadInfeedMm } from './threading.js';

/** Speed, force, torque and power at one diameter of a facing cut. */
export interface FacingPoint {
  spindleSpeed: number;
  cuttingSpeed: number;
  cuttingForce: number;
  cuttingTorque: number;
  cuttingPower: number;
}

/** What a cut takes and gives; units as in the API: 1/min, m/min, mm/min, mm, °, N/mm², N, N·m, W, cm³/min, s, min, K, µm. */
export interface CalculatorResult {
  spindleSpeed: number;
  requestedSpindleSpeed: number;
  cuttingSpeed: number;
  feedRate: number;
  meanDiameter: number;
  effectiveEnteringAngle: number;
  chipThickness: number;
  specificCuttingForce: number;
  cuttingForce: number;
  feedForce: number;
  passiveForce: number;
  cuttingTorque: number;
  spindleTorque: number;
  cuttingPower: number;
  spindlePower: number;
  removalRate: number;
  machiningTime: number;
  passes: number;
  toolLife: number;
  cuttingZoneRise: number;
  /** theoretical; null for knurling */
  roughnessRa: number | null;
  roughnessRz: number | null;
  /** null where no regenerative chatter is modelled */
  chatterLimitDepth: number | null;
  warnings: PlanWarning[];
  limits: { maxSpindleSpeed: number; torqueAvailable: number; powerAvailable: number };
  bar?: { stiffness: number; deflection: number };
  drill?: { thrust: number };
  facing?: { start: FacingPoint; end: FacingPoint };
  thread?: { depth: number; infeeds: number[]; areas: number[]; forces: number[]; torques: number[] };
  knurl?: { contactLength: number; radialForcePerWheel: number; diameterAfter: number; teeth: number };
}

/** Air temperature that the calculator reckons a softening edge with, K. */
const ROOM_K = 300;

/**
 * The handbook calculator: the first pass of a workpiece (threading: the last, which is the heaviest; drilling: at full depth;
 * knurling: at full tooth depth) on a sharp edge unless `flankWear` is given.
 * @throws MachiningInputError
 */
export function calculate(request: MachiningRequest, library?: PlanLibrary): CalculatorResult {
  return calculatePlan(planJob(request, library));
}

/** The calculator's answer for a checked plan. */
export function calculatePlan(plan: JobPlan): CalculatorResult {
  const { cut, spindle, tool } = plan;
  const wear = plan.initialFlankWearMm ?? 0;
  const pass = planPass(plan, cut.jobType === 'threading' ? plan.passes : 1);
  const load = nominalLoad(plan, pass, cut.jobType === 'facing' ? 0 : pass.travelMm, wear);
  const speed = radPerS(load.rpm);
  const spindleTorque = load.cuttingTorqueNm + frictionTorqueNm(load.rpm, 0);
  const rise = nominalRiseK(plan, pass, load, wear);
  const ra = geometricRa(cut.jobType, pass.feedMm, tool.noseRadius);
  return {
    spindleSpeed: load.rpm,
    requestedSpindleSpeed: spindle.requestedRpm,
    cuttingSpeed: load.cuttingSpeedMPerMin,
    feedRate: load.rpm * ('feedMm' in cut ? cut.feedMm : cut.pitchMm),
    meanDiameter: load.meanDiameterMm,
    effectiveEnteringAngle: pass.enteringAngleDeg,
    chipThickness: pass.chipThicknessMm,
    specificCuttingForce: load.specificForce,
    cuttingForce: load.cuttingForceN,
    feedForce: load.feedForceN,
    passiveForce: load.passiveForceN,
    cuttingTorque: load.cuttingTorqueNm,
    spindleTorque,
    cuttingPower: load.cuttingPowerW,
    spindlePower: spindleTorque * speed,
    removalRate: load.removalRateCm3PerMin,
    machiningTime: 60 * cuttingTimeMin(plan),
    passes: plan.passes,
    toolLife: nominalLifeMin(plan, pass, load.cuttingSpeedMPerMin, ROOM_K + rise),
    cuttingZoneRise: rise,
    roughnessRa: ra,
    roughnessRz: ra === null ? null : 4 * ra,
    chatterLimitDepth: stabilityLimitMm(plan, pass, load.specificForce),
    warnings: plan.warnings,
    limits: {
      maxSpindleSpeed: plan.machine.maxSpindleSpeedRpm,
      torqueAvailable: availableTorqueNm(speed, plan.machine),
      powerAvailable: availableTorqueNm(speed, plan.machine) * speed,
    },
    ...jobFigures(plan, pass, load),
  };
}

/** What only one job type has. */
function jobFigures(plan: JobPlan, pass: Pass, load: NominalLoad): Partial<CalculatorResult> {
  const { cut } = plan;
  switch (cut.jobType) {
    case 'boring': {
      const stiffness = barStiffnessNPerM(cut.barDiameterMm, cut.barOverhangMm, cut.barModulusGPa);
      return { bar: { stiffness, deflection: (load.passiveForceN / stiffness) * 1e6 } };
    }
    case 'drilling':
      return { drill: { thrust: load.feedForceN } };
    case 'facing':
      return { facing: { start: facingPoint(plan, pass, 0), end: facingPoint(plan, pass, pass.travelMm) } };
    case 'threading':
      return { thread: threadFigures(plan, cut) };
    case 'knurling': {
      const contact = knurlContact(cut, plan.material.hardness);
      return {
        knurl: {
          contactLength: contact.contactLengthMm,
          radialForcePerWheel: load.passiveForceN / cut.wheels,
          diameterAfter: cut.diameterMm + cut.toothDepthMm,
          teeth: knurlTeeth(cut),
        },
      };
    }
    default:
      return {};
  }
}

function facingPoint(plan: JobPlan, pass: Pass, travelMm: number): FacingPoint {
  const load = nominalLoad(plan, pass, travelMm, plan.initialFlankWearMm ?? 0);
  return {
    spindleSpeed: load.rpm,
    cuttingSpeed: load.cuttingSpeedMPerMin,
    cuttingForce: load.cuttingForceN,
    cuttingTorque: load.cuttingTorqueNm,
    cuttingPower: load.cuttingPowerW,
  };
}

function threadFigures(plan: JobPlan, cut: ThreadingCut): NonNullable<CalculatorResult['thread']> {
  const thread = { depth: threadDepthMm(cut), infeeds: [], areas: [], forces: [], torques: [] } as NonNullable<
    CalculatorResult['thread']
  >;
  for (let number = 1; number <= cut.passes; number++) {
    const pass = planPass(plan, number);
    const load = nominalLoad(plan, pass, 0, plan.initialFlankWearMm ?? 0);
    thread.infeeds.push(threadInfeedMm(cut, number));
    thread.areas.push(pass.chipAreaMm2);
    thread.forces.push(load.cuttingForceN);
    thread.torques.push(load.cuttingTorqueNm);
  }
  return thread;
}
