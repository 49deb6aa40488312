import type { Coolant } from '#domain/machining/plan.js';
import { OptionError, readArguments } from '../out-folder.js';
import type { CutConditions } from './given-law.js';
import type { WearFileLayout } from './read-wear-csv.js';

export interface WearOptions {
  file: string;
  out: string;
  layout: WearFileLayout;
  conditions: CutConditions;
  /** of the constants as given */
  material: string;
  /** of the split */
  seed: number;
  /** whose data it is and under which licence */
  credit: string;
  /** columns of the forces, where the file has them */
  forces: { cutting?: string | undefined; feed?: string | undefined; passive?: string | undefined };
}

/** Options with their defaults; what has none must be given. */
const DEFAULTS: Readonly<Record<string, string | undefined>> = {
  out: '.',
  'tool-column': 'tool',
  'wear-column': 'VB',
  'wear-unit': 'mm',
  'row-seconds': '1',
  'speed-column': undefined,
  'cutting-speed': undefined,
  feed: undefined,
  depth: undefined,
  coolant: 'flood',
  material: 'Alloy Steel 4140',
  'tool-no': '1',
  seed: '1',
  credit: '',
  'cutting-force': undefined,
  'feed-force': undefined,
  'passive-force': undefined,
};
const UNITS_MM: Readonly<Record<string, number>> = { mm: 1, um: 1e-3 };
const COOLANTS: readonly Coolant[] = ['flood', 'mist', 'dry'];

/** @param args - what stands behind the command's name @throws OptionError */
export function readWearOptions(args: readonly string[]): WearOptions {
  const { values, positionals } = readArguments(args, Object.keys(DEFAULTS));
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new OptionError('Give one CSV file of wear readings');
  const text = (name: string): string => {
    const value = values[name] ?? DEFAULTS[name];
    if (value === undefined) throw new OptionError(`--${name} is needed: the life of a tool depends on it`);
    return value;
  };
  const number = (name: string, least: number, isWhole = false): number => {
    const value = Number(text(name));
    if (value >= least && Number.isFinite(value) && (!isWhole || Number.isInteger(value))) return value;
    throw new OptionError(`--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least}, not ${text(name)}`);
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[]): T => {
    const chosen = choices.find((choice) => choice === text(name));
    if (chosen === undefined) throw new OptionError(`--${name} must be ${choices.join(' or ')}, not ${text(name)}`);
    return chosen;
  };
  const cuttingSpeedMPerMin = number('cutting-speed', 0.5);
  const speedColumn = values['speed-column'];
  return {
    file,
    out: text('out'),
    layout: {
      toolColumn: text('tool-column'),
      wearColumn: text('wear-column'),
      wearUnitMm: UNITS_MM[oneOf('wear-unit', Object.keys(UNITS_MM))]!,
      rowSeconds: number('row-seconds', 1e-3),
      cuttingSpeed: speedColumn === undefined ? { mPerMin: cuttingSpeedMPerMin } : { column: speedColumn },
    },
    conditions: {
      cuttingSpeedMPerMin,
      feedMm: number('feed', 0.005),
      depthMm: number('depth', 0.01),
      coolant: oneOf('coolant', COOLANTS),
      toolNo: number('tool-no', 1, true),
    },
    material: text('material'),
    seed: number('seed', 0, true),
    credit: text('credit'),
    forces: { cutting: values['cutting-force'], feed: values['feed-force'], passive: values['passive-force'] },
  };
}
