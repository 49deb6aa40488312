import type { JobType } from '#domain/contract/enums.js';
import type { CustomMaterial, CuttingParameters } from '#domain/contract/machining.js';

export type NumericParameter = Exclude<keyof CuttingParameters, 'mode' | 'coolant' | 'side' | 'infeed'>;
export type CustomFigure = Exclude<keyof CustomMaterial, 'ferrous' | 'name'>;

export interface NumericField<Name extends string> {
  name: Name;
  label: string;
  unit: string;
  step: number;
}
export type ParameterField = NumericField<NumericParameter>;

const numeric = <Name extends string>(name: Name, label: string, unit: string, step: number): NumericField<Name> => ({
  name,
  label,
  unit,
  step,
});
const field = numeric<NumericParameter>;

const SPEED = field('cuttingSpeed', 'Cutting speed', 'm/min', 5);
const RPM = field('rpm', 'Spindle speed', 'rpm', 50);
const MAX_RPM = field('maxRpm', 'Highest spindle speed', 'rpm', 50);
const FEED = field('feed', 'Feed', 'mm/rev', 0.01);
const DEPTH = field('depthOfCut', 'Depth of cut', 'mm', 0.1);
const LENGTH = field('length', 'Length', 'mm', 1);
const START = field('diameter', 'Start diameter', 'mm', 1);
const END = field('endDiameter', 'End diameter', 'mm', 1);
const WEAR = field('flankWear', 'Flank wear at start', 'mm', 0.01);

const GEOMETRY: Record<JobType, ParameterField[]> = {
  turning: [START, END, LENGTH, DEPTH, FEED],
  facing: [START, END, LENGTH, DEPTH, FEED],
  boring: [
    field('diameter', 'Bore before', 'mm', 1),
    field('endDiameter', 'Bore after', 'mm', 1),
    LENGTH,
    DEPTH,
    FEED,
    field('barDiameter', 'Bar diameter', 'mm', 1),
    field('barOverhang', 'Bar overhang', 'mm', 5),
    field('barModulus', 'Bar modulus', 'GPa', 10),
  ],
  drilling: [
    field('drillDiameter', 'Drill diameter', 'mm', 0.5),
    field('holeDepth', 'Hole depth', 'mm', 1),
    FEED,
    field('diameter', 'Work diameter', 'mm', 1),
    field('length', 'Work length', 'mm', 1),
  ],
  threading: [
    field('diameter', 'Thread diameter', 'mm', 1),
    field('pitch', 'Pitch', 'mm', 0.25),
    LENGTH,
    field('passes', 'Passes', '', 1),
  ],
  knurling: [
    field('diameter', 'Diameter', 'mm', 1),
    LENGTH,
    field('pitch', 'Pitch', 'mm', 0.1),
    field('toothDepth', 'Tooth depth', 'mm', 0.05),
    field('advance', 'Advance', 'mm/rev', 0.01),
    FEED,
    field('wheels', 'Wheels', '', 1),
    field('wheelDiameter', 'Wheel diameter', 'mm', 1),
    field('wheelWidth', 'Wheel width', 'mm', 0.5),
  ],
};

/** Job types whose speed can follow the diameter. */
export const CONSTANT_SURFACE_SPEED: readonly JobType[] = ['turning', 'facing', 'boring'];

/** The fields that matter for a job type, in the order in which a turner thinks of them. */
export function parameterFields(jobType: JobType, mode: CuttingParameters['mode']): ParameterField[] {
  return [...GEOMETRY[jobType], SPEED, mode === 'css' ? MAX_RPM : RPM, WEAR];
}

/** What a material of the user's own is described by; the hardness alone suffices. */
export const customFields: readonly NumericField<CustomFigure>[] = [
  numeric('hardness', 'Hardness', 'HB', 5),
  numeric('kc1', 'Specific force kc1', 'N/mm²', 50),
  numeric('mc', 'Exponent mc', '', 0.01),
  numeric('density', 'Density', 'kg/m³', 50),
  numeric('specificHeat', 'Specific heat', 'J/(kg·K)', 10),
  numeric('conductivity', 'Conductivity', 'W/(m·K)', 5),
];
