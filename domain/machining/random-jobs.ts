import { JOB_TYPES, type JobType } from '../contract/enums.js';
import type { CuttingParameters } from '../contract/machining.js';
import { MachiningInputError } from './errors.js';
import { MATERIALS } from './materials.js';
import { type JobPlan, planJob } from './plan.js';
import { fnv1a32, nextUniform } from './random.js';
import type { MachiningRequest } from './request.js';
import { findTool, fittingTools, type Tool } from './tools.js';

/** A job that somebody might give to one of the lathes, planned and ready to begin. */
export interface RandomJob {
  latheId: string;
  jobType: JobType;
  material: string;
  toolNo: number;
  /** integer 0..2^32-1 */
  seed: number;
  plan: JobPlan;
}

/** Draws for one job before giving up; about two in three are accepted. */
const MAX_DRAWS = 1000;
/** Nobody starts a cut that is known to be beyond the drive or the edge. */
const REFUSED_WARNINGS: ReadonlySet<string> = new Set(['w_overload', 'w_force_limit']);
/** Edges from new to nearly at the end of their life, mm. */
const MOST_FLANK_WEAR_MM = 0.28;
const COMMON_PITCHES_MM = [1, 1.5, 1.75, 2, 2.5, 3];

/**
 * Jobs of any type on any of the lathes, in any material and with any of the turret's tools that fits; the same seed gives
 * the same jobs.
 * @param latheIds - at least one
 * @param seed - integer 0..2^32-1
 */
export function randomJobs(count: number, latheIds: readonly string[], seed: number): RandomJob[] {
  const chance = new Chance(seed);
  return Array.from({ length: count }, () => ({
    latheId: chance.oneOf(latheIds),
    seed: chance.whole(2 ** 32),
    ...acceptedJob(chance),
  }));
}

function acceptedJob(chance: Chance): Omit<RandomJob, 'latheId' | 'seed'> {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const jobType = chance.oneOf(JOB_TYPES);
    const material = chance.oneOf(MATERIALS).name;
    const toolNo = chance.oneOf(fittingTools(jobType));
    const parameters = drawParameters(chance, jobType, material, findTool(toolNo)!);
    const plan = planAtSomeSpeed(chance, { jobType, material, toolNo, parameters });
    if (plan) return { jobType, material, toolNo, plan };
  }
  throw new Error(`no job in ${MAX_DRAWS} draws that can be machined`);
}

/** The job at a speed around the one that the plan would choose; null where it cannot or should not be done. */
function planAtSomeSpeed(chance: Chance, request: MachiningRequest): JobPlan | null {
  const pace = chance.between(0.7, 1.25);
  try {
    const { cuttingSpeedMPerMin } = planJob(request).spindle;
    const cuttingSpeed = tidy(pace * cuttingSpeedMPerMin);
    const plan = planJob({ ...request, parameters: { ...request.parameters, cuttingSpeed } });
    return plan.warnings.some(({ code }) => REFUSED_WARNINGS.has(code)) ? null : plan;
  } catch (error) {
    if (error instanceof MachiningInputError) return null;
    throw error;
  }
}

function drawParameters(chance: Chance, jobType: JobType, material: string, tool: Tool): CuttingParameters {
  const coolant = material === 'Wood' ? 'dry' : chance.oneOf(['flood', 'flood', 'flood', 'mist', 'dry'] as const);
  const common = { coolant, flankWear: chance.between(0, MOST_FLANK_WEAR_MM) };
  const feed = chance.between(tool.feed.min, tool.feed.max);
  const depthOfCut = tool.depthOfCut ? chance.between(tool.depthOfCut.min, tool.depthOfCut.max) : 0;
  switch (jobType) {
    case 'turning': {
      const diameter = chance.between(40, 120);
      const endDiameter = tidy(diameter - 2 * depthOfCut * (1 + chance.whole(3)));
      return { ...common, feed, depthOfCut, diameter, endDiameter, length: chance.between(40, 200) };
    }
    case 'facing':
      return { ...common, feed, depthOfCut, diameter: chance.between(40, 160) };
    case 'boring': {
      const diameter = chance.between(35, 100);
      const endDiameter = tidy(diameter + 2 * depthOfCut * (1 + chance.whole(3)));
      return { ...common, feed, depthOfCut, diameter, endDiameter, length: chance.between(20, 80) };
    }
    case 'drilling':
      return { ...common, feed, holeDepth: chance.between(10, 60) };
    case 'threading': {
      const pitch = chance.oneOf(COMMON_PITCHES_MM);
      return { ...common, pitch, diameter: chance.between(12, 48), length: chance.between(10, 50) };
    }
    case 'knurling':
      return { ...common, feed, diameter: chance.between(15, 60), length: chance.between(8, 40) };
  }
}

/** Three digits, as people write parameters. */
const tidy = (value: number): number => Number(value.toPrecision(3));

class Chance {
  private readonly stream: Int32Array;

  constructor(seed: number) {
    this.stream = Int32Array.of(fnv1a32(`${seed}:jobs`));
  }

  between(min: number, max: number): number {
    return tidy(min + (max - min) * this.next());
  }

  /** 0 to `below` - 1 */
  whole(below: number): number {
    return Math.floor(below * this.next());
  }

  oneOf<T>(choices: readonly T[]): T {
    const choice = choices[this.whole(choices.length)];
    if (choice === undefined) throw new RangeError('nothing to choose from');
    return choice;
  }

  private next(): number {
    return nextUniform(this.stream, 0);
  }
}
