import type { JobType } from '#domain/contract/enums.js';
import type { CuttingParameters } from '#domain/contract/machining.js';

export type NumericParameter = Exclude<keyof CuttingParameters, 'mode' | 'coolant' | 'side' | 'infeed'>;

export interface ParameterField {
  name: NumericParameter;
  label: string;
  unit: string;
  step: number;
}

const field = (name: NumericParameter, label: string, unit: string, step: number): ParameterField => ({
  name,
  label,
  unit,
  step,
});

const SPEED = field('cuttingSpeed', 'Cutting speed', 'm/min', 5);
const RPM = field('rpm', 'Spindle speed', 'rpm', 50);
const MAX_RPM = field('maxRpm', 'Highest spindle speed', 'rpm', 50);
const FEED = field('feed', 'Feed', 'mm/rev', 0.01);
const DEPTH = field('depthOfCut', 'Depth of cut', 'mm', 0.1);
const LENGTH = field('length', 'Length', 'mm', 1);
const START = field('diameter', 'Start diameter', 'mm', 1);
const END = field('endDiameter', 'End diameter', 'mm', 1);

const GEOMETRY: Record<JobType, ParameterField[]> = {
  turning: [START, END, LENGTH, DEPTH, FEED],
  facing: [START, END, DEPTH, FEED],
  boring: [
    field('diameter', 'Bore before', 'mm', 1),
    field('endDiameter', 'Bore after', 'mm', 1),
    LENGTH,
    DEPTH,
    FEED,
    field('barOverhang', 'Bar overhang', 'mm', 5),
  ],
  drilling: [field('drillDiameter', 'Drill diameter', 'mm', 0.5), field('holeDepth', 'Hole depth', 'mm', 1), FEED],
  threading: [
    field('diameter', 'Thread diameter', 'mm', 1),
    field('pitch', 'Pitch', 'mm', 0.25),
    LENGTH,
    field('passes', 'Passes', '', 1),
  ],
  knurling: [
    field('diameter', 'Diameter', 'mm', 1),
    LENGTH,
    field('toothDepth', 'Tooth depth', 'mm', 0.05),
    field('advance', 'Advance', 'mm/rev', 0.01),
    FEED,
  ],
};

/** Job types whose speed can follow the diameter. */
export const CONSTANT_SURFACE_SPEED: readonly JobType[] = ['turning', 'facing', 'boring'];

/** The fields that matter for a job type, in the order in which a turner thinks of them. */
export function parameterFields(jobType: JobType, mode: CuttingParameters['mode']): ParameterField[] {
  return [...GEOMETRY[jobType], SPEED, mode === 'css' ? MAX_RPM : RPM];
}
