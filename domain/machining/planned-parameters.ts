import type { CuttingParameters } from '../contract/machining.js';
import { parameterRanges } from './parameter-ranges.js';
import type { JobPlan } from './plan.js';

/** The job of a plan in the API's names: what was asked for and every default that was filled in. */
export function plannedParameters(plan: JobPlan): CuttingParameters {
  const { spindle, coolant, initialFlankWearMm } = plan;
  const common: CuttingParameters = { mode: spindle.mode, coolant };
  const ranges = parameterRanges(plan.machine);
  const allowed = (name: 'cuttingSpeed' | 'rpm', value: number) =>
    value >= ranges[name].min && value <= ranges[name].max;
  // a speed that follows from the other may lie outside what may be asked for
  if (allowed('cuttingSpeed', spindle.cuttingSpeedMPerMin)) common.cuttingSpeed = spindle.cuttingSpeedMPerMin;
  if (spindle.mode === 'css') common.maxRpm = spindle.maxRpm;
  else if (allowed('rpm', spindle.rpm)) common.rpm = spindle.rpm;
  if (initialFlankWearMm !== null) common.flankWear = initialFlankWearMm;
  return { ...common, ...geometryParameters(plan) };
}

function geometryParameters(plan: JobPlan): CuttingParameters {
  const { cut } = plan;
  switch (cut.jobType) {
    case 'turning':
    case 'facing':
      return {
        feed: cut.feedMm,
        depthOfCut: cut.depthMm,
        diameter: cut.startDiameterMm,
        endDiameter: cut.endDiameterMm,
        length: plan.heatedLengthMm,
      };
    case 'boring':
      return {
        feed: cut.feedMm,
        depthOfCut: cut.depthMm,
        diameter: cut.startDiameterMm,
        endDiameter: cut.endDiameterMm,
        length: cut.lengthMm,
        barDiameter: cut.barDiameterMm,
        barOverhang: cut.barOverhangMm,
        barModulus: cut.barModulusGPa,
      };
    case 'drilling':
      return {
        feed: cut.feedMm,
        drillDiameter: cut.drillDiameterMm,
        holeDepth: cut.holeDepthMm,
        diameter: plan.workDiameterMm,
        length: plan.heatedLengthMm,
      };
    case 'threading':
      return {
        diameter: cut.diameterMm,
        length: cut.lengthMm,
        pitch: cut.pitchMm,
        passes: cut.passes,
        side: cut.side,
        infeed: cut.infeed,
      };
    case 'knurling':
      return {
        feed: cut.feedMm,
        diameter: cut.diameterMm,
        length: cut.lengthMm,
        pitch: cut.pitchMm,
        wheelWidth: cut.wheelWidthMm,
        wheelDiameter: cut.wheelDiameterMm,
        advance: cut.advanceMm,
        toothDepth: cut.toothDepthMm,
        wheels: cut.wheels,
      };
  }
}
