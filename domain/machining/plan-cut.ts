import type { JobType } from '../contract/enums.js';
import type { CuttingParameters } from '../contract/machining.js';
import { type BoringCut, boringPasses } from './boring.js';
import type { DrillingCut } from './drilling.js';
import type { FacingCut } from './facing.js';
import type { KnurlingCut } from './knurling.js';
import type { MachineLimits } from './machine-limits.js';
import type { CutPlan } from './plan.js';
import type { Problems } from './problems.js';
import { type ThreadingCut, threadDepthMm } from './threading.js';
import type { Tool } from './tools.js';
import { type TurningCut, turningPasses } from './turning.js';

/** The cut of a job with its defaults, and the workpiece that it needs. */
export interface CutOnWork {
  cut: CutPlan;
  passes: number;
  heatedLengthMm: number;
  workDiameterMm: number;
}

const clamp = (value: number, range: { min: number; max: number } | null): number =>
  range ? Math.min(range.max, Math.max(range.min, value)) : value;

/** Default feed, moved to the nearest end of what the tool is made for. */
function defaultFeed(jobType: JobType, tool: Tool): number {
  const general = { turning: 0.25, facing: 0.2, boring: 0.15, drilling: 0.2, threading: 2.5, knurling: 0.1 }[jobType];
  const own = { 2: 0.12, 3: 0.15 }[tool.toolNo];
  return clamp(jobType === 'turning' || jobType === 'facing' ? (own ?? general) : general, tool.feed);
}

function defaultDepth(jobType: JobType, tool: Tool): number {
  const general = { turning: 2, facing: 1, boring: 1.5, drilling: 0, threading: 0, knurling: 0 }[jobType];
  const finishing = tool.toolNo === 2 ? { turning: 0.8, facing: 0.5 }[jobType as string] : undefined;
  return clamp(finishing ?? general, tool.depthOfCut);
}

/** Fills in the geometry of a job type and notes in `problems` what cannot be. */
export function planCut(
  jobType: JobType,
  given: CuttingParameters,
  tool: Tool,
  machine: MachineLimits,
  problems: Problems,
): CutOnWork {
  switch (jobType) {
    case 'turning':
      return planTurning(given, tool, machine.maxDiameterMm, problems);
    case 'facing':
      return planFacing(given, tool, machine.maxDiameterMm, problems);
    case 'boring':
      return planBoring(given, tool, machine.maxDiameterMm, problems);
    case 'drilling':
      return planDrilling(given, tool, machine, problems);
    case 'threading':
      return planThreading(given, problems);
    case 'knurling':
      return planKnurling(given, tool, problems);
  }
}

function planTurning(given: CuttingParameters, tool: Tool, maxDiameterMm: number, problems: Problems): CutOnWork {
  const depthMm = given.depthOfCut ?? defaultDepth('turning', tool);
  const start =
    given.diameter ?? (given.endDiameter === undefined ? 60 : Math.min(maxDiameterMm, given.endDiameter + 10));
  const end = given.endDiameter ?? (given.diameter === undefined ? 50 : start - 2 * depthMm);
  if (given.diameter !== undefined && given.endDiameter === undefined && end < 1) {
    badGeometry(problems, 'depthOfCut', depthMm, 0.01, (start - 1) / 2, `at a start diameter of ${start} mm`);
  } else if (end < 1 || end >= start) {
    badGeometry(problems, 'endDiameter', end, 1, start, 'below the start diameter');
  }
  const cut: TurningCut = {
    jobType: 'turning',
    startDiameterMm: start,
    endDiameterMm: end,
    lengthMm: given.length ?? 100,
    feedMm: given.feed ?? defaultFeed('turning', tool),
    depthMm,
  };
  return { cut, passes: turningPasses(cut), heatedLengthMm: cut.lengthMm, workDiameterMm: start };
}

function planFacing(given: CuttingParameters, tool: Tool, maxDiameterMm: number, problems: Problems): CutOnWork {
  const start = given.diameter ?? Math.min(maxDiameterMm, Math.max(80, (given.endDiameter ?? 0) + 40));
  const end = given.endDiameter ?? Math.min(10, start / 8);
  if (end >= start) badGeometry(problems, 'endDiameter', end, 0, start, 'below the start diameter');
  if (end < 1) {
    problems.warn(
      'w_spindle_centre',
      'parameters.endDiameter',
      `The tool comes within 0.5 mm of the spindle centre (end diameter ${end} mm), where it rubs instead of cutting`,
    );
  }
  const cut: FacingCut = {
    jobType: 'facing',
    startDiameterMm: start,
    endDiameterMm: end,
    feedMm: given.feed ?? defaultFeed('facing', tool),
    depthMm: given.depthOfCut ?? defaultDepth('facing', tool),
  };
  return { cut, passes: 1, heatedLengthMm: given.length ?? 100, workDiameterMm: start };
}

function planBoring(given: CuttingParameters, tool: Tool, maxDiameterMm: number, problems: Problems): CutOnWork {
  const depthMm = given.depthOfCut ?? defaultDepth('boring', tool);
  const start = given.diameter ?? (given.endDiameter === undefined ? 40 : given.endDiameter - 2 * depthMm);
  const end = given.endDiameter ?? (given.diameter === undefined ? 46 : start + 2 * depthMm);
  if (end <= start || start < 1 || end > maxDiameterMm) {
    badGeometry(problems, 'endDiameter', end, start, maxDiameterMm, 'above the start diameter');
  }
  const cut: BoringCut = {
    jobType: 'boring',
    startDiameterMm: start,
    endDiameterMm: end,
    lengthMm: given.length ?? 60,
    feedMm: given.feed ?? defaultFeed('boring', tool),
    depthMm,
    barDiameterMm: given.barDiameter ?? tool.diameter ?? 0.7 * start,
    barOverhangMm: given.barOverhang ?? 80,
    barModulusGPa: given.barModulus ?? 210,
  };
  if (cut.barDiameterMm >= start) {
    badGeometry(problems, 'barDiameter', cut.barDiameterMm, 1, start, 'below the bore');
  } else if (cut.barOverhangMm / cut.barDiameterMm > 10) {
    badGeometry(problems, 'barOverhang', cut.barOverhangMm, 1, 10 * cut.barDiameterMm, 'ten bar diameters');
  }
  return { cut, passes: boringPasses(cut), heatedLengthMm: cut.lengthMm, workDiameterMm: 1.5 * end };
}

function planDrilling(given: CuttingParameters, tool: Tool, machine: MachineLimits, problems: Problems): CutOnWork {
  const drillDiameterMm = given.drillDiameter ?? tool.diameter ?? 10;
  const workDiameterMm = given.diameter ?? Math.max(60, 2 * drillDiameterMm);
  if (workDiameterMm <= drillDiameterMm) {
    badGeometry(problems, 'diameter', workDiameterMm, drillDiameterMm, machine.maxDiameterMm, 'above the drill');
  }
  const cut: DrillingCut = {
    jobType: 'drilling',
    drillDiameterMm,
    holeDepthMm: given.holeDepth ?? 30,
    feedMm: given.feed ?? clamp(0.02 * drillDiameterMm, tool.feed),
  };
  const heatedLengthMm = given.length ?? Math.min(machine.maxLengthMm, cut.holeDepthMm + 20);
  if (cut.holeDepthMm > heatedLengthMm) {
    badGeometry(problems, 'holeDepth', cut.holeDepthMm, 1, heatedLengthMm, 'the length of the work');
  }
  return { cut, passes: 1, heatedLengthMm, workDiameterMm };
}

function planThreading(given: CuttingParameters, problems: Problems): CutOnWork {
  const cut: ThreadingCut = {
    jobType: 'threading',
    diameterMm: given.diameter ?? 20,
    pitchMm: given.pitch ?? 2.5,
    lengthMm: given.length ?? 30,
    passes: given.passes ?? 10,
    side: given.side ?? 'external',
    infeed: given.infeed ?? 'radial',
  };
  const depth = threadDepthMm(cut);
  if (depth >= cut.diameterMm / 2) {
    const limit = cut.diameterMm / 2 / (depth / cut.pitchMm);
    badGeometry(
      problems,
      'pitch',
      cut.pitchMm,
      0.2,
      limit,
      `whose thread is less deep than half of ${cut.diameterMm} mm`,
    );
  }
  const workDiameterMm = cut.side === 'external' ? cut.diameterMm : 2 * cut.diameterMm;
  return { cut, passes: cut.passes, heatedLengthMm: cut.lengthMm, workDiameterMm };
}

function planKnurling(given: CuttingParameters, tool: Tool, problems: Problems): CutOnWork {
  const pitchMm = given.pitch ?? tool.pitch ?? 1;
  const cut: KnurlingCut = {
    jobType: 'knurling',
    diameterMm: given.diameter ?? 30,
    lengthMm: given.length ?? 20,
    feedMm: given.feed ?? defaultFeed('knurling', tool),
    pitchMm,
    wheelWidthMm: given.wheelWidth ?? 6,
    wheelDiameterMm: given.wheelDiameter ?? 20,
    advanceMm: given.advance ?? 0.05,
    toothDepthMm: given.toothDepth ?? 0.35 * pitchMm,
    wheels: given.wheels ?? 2,
  };
  if (cut.toothDepthMm >= cut.diameterMm / 2) {
    badGeometry(problems, 'toothDepth', cut.toothDepthMm, 0.01, cut.diameterMm / 2, 'less than half of the work');
  }
  return { cut, passes: 1, heatedLengthMm: cut.lengthMm, workDiameterMm: cut.diameterMm };
}

function badGeometry(problems: Problems, field: string, value: number, min: number, max: number, why: string): void {
  problems.error(
    'bad_geometry',
    `parameters.${field}`,
    `parameters.${field} is ${value} mm: expected ${min} to ${max} mm (${why})`,
  );
}
