import { advisedOverhangRatio } from './boring.js';
import { heaviestLoad, stableWidthMm, toolForceN } from './heaviest-load.js';
import { trackingError } from './knurling.js';
import { planPass } from './passes.js';
import type { JobPlan } from './plan.js';

const round = (value: number, digits = 3): number => Number(value.toPrecision(digits));

/** Notes in `plan.warnings` what will run but should be known. */
export function warnOfPlan(plan: JobPlan): void {
  warnOfMaterial(plan);
  warnOfToolRange(plan);
  warnOfCalibration(plan);
  warnOfGeometry(plan);
  warnOfLoad(plan);
}

function warn(plan: JobPlan, code: string, field: string, message: string): void {
  plan.warnings.push({ code, field, message });
}

function warnOfMaterial(plan: JobPlan): void {
  if (plan.material.name !== 'Wood') return;
  if (plan.cut.jobType === 'threading') warn(plan, 'w_material', 'material', 'Threads in wood break out');
  if (plan.coolant !== 'dry') warn(plan, 'w_material', 'parameters.coolant', 'Coolant swells wood: cut it dry');
}

function warnOfToolRange(plan: JobPlan): void {
  const { cut, tool } = plan;
  const feed = cut.jobType === 'threading' ? cut.pitchMm : cut.feedMm;
  const field = cut.jobType === 'threading' ? 'pitch' : 'feed';
  if (feed < tool.feed.min || feed > tool.feed.max) {
    const range = `${tool.feed.min} to ${tool.feed.max} mm`;
    warn(plan, 'w_tool_range', `parameters.${field}`, `${field} ${feed} mm is outside the tool's ${range}`);
  }
  if (!('depthMm' in cut)) return;
  const depth = tool.depthOfCut;
  if (depth && (cut.depthMm < depth.min || cut.depthMm > depth.max)) {
    const range = `${depth.min} to ${depth.max} mm`;
    warn(plan, 'w_tool_range', 'parameters.depthOfCut', `depth ${cut.depthMm} mm is outside the tool's ${range}`);
  }
  if (tool.noseRadius !== null && cut.feedMm > tool.noseRadius) {
    const message = `feed ${cut.feedMm} mm/rev exceeds the nose radius ${tool.noseRadius} mm: roughness formulas do not hold`;
    warn(plan, 'w_finish_invalid', 'parameters.feed', message);
  }
}

function warnOfCalibration(plan: JobPlan): void {
  const { cut, material, tool, passes } = plan;
  if (material.hardness > 350) {
    warn(plan, 'w_extrapolated', 'material', `hardness ${material.hardness} HB is above the calibrated 350 HB`);
  }
  if (cut.jobType === 'knurling') return;
  const first = planPass(plan, 1);
  const last = planPass(plan, passes);
  const thin = Math.min(first.chipThicknessMm, last.chipThicknessMm);
  const thick = Math.max(first.chipThicknessMm, last.chipThicknessMm);
  const chip = thin < 0.02 ? thin : thick > 1 ? thick : undefined;
  if (chip !== undefined) {
    const field = cut.jobType === 'threading' ? 'parameters.pitch' : 'parameters.feed';
    warn(plan, 'w_extrapolated', field, `chip thickness ${round(chip)} mm is outside the calibrated 0.02 to 1 mm`);
  }
  const reference = material.speed15 * (tool.speedFactor ?? 1);
  const speed = plan.spindle.cuttingSpeedMPerMin;
  if (speed > 3 * reference || speed < 0.1 * reference) {
    const range = `${round(0.1 * reference)} to ${round(3 * reference)} m/min`;
    const message = `cutting speed ${round(speed)} m/min is outside the calibrated ${range}: life is indicative only`;
    warn(plan, 'w_extrapolated', 'parameters.cuttingSpeed', message);
  }
}

function warnOfGeometry(plan: JobPlan): void {
  const { cut } = plan;
  if (cut.jobType === 'boring') {
    const ratio = cut.barOverhangMm / cut.barDiameterMm;
    const advised = advisedOverhangRatio(cut.barModulusGPa);
    if (ratio > advised) {
      const message = `bar overhang is ${round(ratio)} diameters: at most ${advised} are advised`;
      warn(plan, 'w_overhang', 'parameters.barOverhang', message);
    }
  }
  if (cut.jobType === 'knurling' && trackingError(cut) > 0.25) {
    const pitches = round((Math.PI * cut.diameterMm) / cut.pitchMm, 4);
    const message = `the circumference holds ${pitches} pitches: far from a whole number, teeth are cut twice`;
    warn(plan, 'w_double_tracking', 'parameters.diameter', message);
  }
}

function warnOfLoad(plan: JobPlan): void {
  const heaviest = heaviestLoad(plan, plan.initialFlankWearMm ?? 0);
  const { pass, load } = heaviest;
  if (heaviest.ratio > 1) {
    const message =
      `the cut needs ${round(heaviest.spindleTorqueNm)} N·m at ${round(load.rpm, 4)} 1/min: ` +
      `${round(heaviest.availableTorqueNm)} N·m are available`;
    warn(plan, 'w_overload', 'parameters.depthOfCut', message);
  }
  const force = toolForceN(heaviest);
  if (force > plan.tool.forceLimit) {
    const message = `force ${round(force)} N exceeds the tool's ${plan.tool.forceLimit} N`;
    warn(plan, 'w_force_limit', 'parameters.feed', message);
  }
  const stable = stableWidthMm(plan, heaviest);
  if (stable !== null && pass.chipWidthMm > stable) {
    const message = `chip width ${round(pass.chipWidthMm)} mm is above the stable ${round(stable)} mm`;
    warn(plan, 'w_chatter', 'parameters.depthOfCut', message);
  }
}
