import type { CuttingParameters } from '../contract/machining.js';
import type { MachineLimits } from './machine-limits.js';
import { type Problems, type Range, WEAR_RANGE } from './problems.js';

type NumericParameter = Exclude<keyof CuttingParameters, 'mode' | 'coolant' | 'side' | 'infeed'>;

const CHOICES = {
  mode: ['constantRpm', 'css'],
  coolant: ['flood', 'mist', 'dry'],
  side: ['external', 'internal'],
  infeed: ['radial', 'flank'],
} as const;

/** Absolute range of every numeric parameter on a machine. */
export function parameterRanges(machine: MachineLimits): Record<NumericParameter, Range> {
  const speed: Range = { min: 1, max: machine.maxSpindleSpeedRpm, unit: '1/min' };
  const length: Range = { min: 1, max: machine.maxLengthMm, unit: 'mm', code: 'bad_geometry' };
  const diameter: Range = { min: 1, max: machine.maxDiameterMm, unit: 'mm', code: 'bad_geometry' };
  return {
    rpm: speed,
    maxRpm: speed,
    cuttingSpeed: { min: 0.5, max: 2000, unit: 'm/min' },
    feed: { min: 0.005, max: 3, unit: 'mm/rev' },
    depthOfCut: { min: 0.01, max: 10, unit: 'mm' },
    diameter,
    endDiameter: { ...diameter, min: 0 },
    length,
    flankWear: WEAR_RANGE,
    barDiameter: { ...diameter, max: 200 },
    barOverhang: { min: 1, max: 2000, unit: 'mm', code: 'bad_geometry' },
    barModulus: { min: 50, max: 1000, unit: 'GPa' },
    drillDiameter: { min: 0.5, max: 40, unit: 'mm', code: 'bad_geometry' },
    holeDepth: length,
    pitch: { min: 0.2, max: 6, unit: 'mm', code: 'bad_geometry' },
    passes: { min: 2, max: 40, unit: '', integer: true, code: 'bad_geometry' },
    wheelWidth: { min: 0.5, max: 50, unit: 'mm' },
    wheelDiameter: { min: 5, max: 100, unit: 'mm' },
    advance: { min: 0.005, max: 1, unit: 'mm/rev' },
    toothDepth: { min: 0.01, max: 3, unit: 'mm' },
    wheels: { min: 1, max: 2, unit: '', integer: true },
  };
}

/** The parameters that are given and good; the others are noted in `problems`. */
export function checkParameters(given: unknown, machine: MachineLimits, problems: Problems): CuttingParameters {
  const good: Record<string, unknown> = {};
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object') {
    problems.error('out_of_range', 'parameters', `parameters is a ${typeof given}: expected an object`);
    return {};
  }
  const ranges: Record<string, Range> = parameterRanges(machine);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = `parameters.${name}`;
    const range = ranges[name];
    if (range) {
      if (problems.isInRange(path, value, range)) good[name] = value;
    } else if (name in CHOICES) {
      const choices: readonly unknown[] = CHOICES[name as keyof typeof CHOICES];
      if (choices.includes(value)) good[name] = value;
      else problems.error('out_of_range', path, `${path} is ${String(value)}: expected ${choices.join(' or ')}`);
    } else {
      problems.error('out_of_range', path, `${path} is no cutting parameter`);
    }
  }
  return good as CuttingParameters;
}
