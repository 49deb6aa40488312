import type { CustomMaterial } from '../contract/machining.js';
import { findMaterial, type Material } from './materials.js';
import type { Problems, Range } from './problems.js';

/** Range of each figure of a custom material. */
export const CUSTOM_MATERIAL_RANGES: Readonly<Record<string, Range>> = {
  kc1: { min: 5, max: 6000, unit: 'N/mm²' },
  mc: { min: 0, max: 0.5, unit: '' },
  hardness: { min: 1, max: 700, unit: 'HB' },
  density: { min: 50, max: 25_000, unit: 'kg/m³' },
  specificHeat: { min: 50, max: 10_000, unit: 'J/(kg·K)' },
  conductivity: { min: 0.02, max: 500, unit: 'W/(m·K)' },
};

const IN_WORDS: Readonly<Record<string, string>> = { mc: 'exponent mc', specificHeat: 'specific heat' };

/** kc1 of a metal of which only the hardness is known: a fit to VDI groups 1, 2, 3, 5 (ferrous), 21, 22 (others). */
export function kc1FromHardness(hardness: number, ferrous: boolean): number {
  return ferrous ? 950 + 3 * hardness : 550 + 2.5 * hardness;
}

const mcOf = (ferrous: boolean): number => (ferrous ? 0.24 : 0.25);

function hardnessFromKc1(kc1: number, ferrous: boolean): number {
  const hardness = ferrous ? (kc1 - 950) / 3 : (kc1 - 550) / 2.5;
  return Math.min(700, Math.max(30, hardness));
}

/**
 * A material of the user's own figures. What is missing comes from the hardness, or from mild steel or aluminum, and each
 * such guess is warned of. Returns undefined, with the reasons in `problems`, where the figures do not suffice.
 */
export function customMaterial(given: CustomMaterial | undefined, problems: Problems): Material | undefined {
  if (!given || (given.kc1 === undefined && given.hardness === undefined)) {
    problems.error('material_unknown', 'customMaterial', 'Custom needs customMaterial with kc1 and mc, or hardness');
    return undefined;
  }
  const before = problems.errors.length;
  for (const [name, range] of Object.entries(CUSTOM_MATERIAL_RANGES)) {
    const value = given[name as keyof CustomMaterial];
    if (value !== undefined) problems.isInRange(`customMaterial.${name}`, value, range);
  }
  if (problems.errors.length > before) return undefined;

  const ferrous = given.ferrous ?? true;
  const like = findMaterial(ferrous ? 'Mild Steel' : 'Aluminum')!;
  const assume = <T>(value: T | undefined, field: string, assumed: T): T => {
    if (value !== undefined) return value;
    const unit = CUSTOM_MATERIAL_RANGES[field]?.unit;
    const message = `${IN_WORDS[field] ?? field} is not given: ${assumed}${unit ? ` ${unit}` : ''} is assumed`;
    problems.warn('w_material', `customMaterial.${field}`, message);
    return assumed;
  };
  const hardness =
    given.hardness ?? assume(given.hardness, 'hardness', Math.round(hardnessFromKc1(given.kc1 ?? like.kc1, ferrous)));
  return {
    name: 'Custom',
    vdiGroup: null,
    ferrous,
    hardness,
    kc1: given.kc1 ?? kc1FromHardness(hardness, ferrous),
    mc: given.mc ?? (given.kc1 === undefined ? mcOf(ferrous) : assume(given.mc, 'mc', mcOf(ferrous))),
    density: assume(given.density, 'density', like.density),
    specificHeat: assume(given.specificHeat, 'specificHeat', like.specificHeat),
    conductivity: assume(given.conductivity, 'conductivity', like.conductivity),
    limitTemperature: like.limitTemperature,
    heatFactor: like.heatFactor,
    rippleFactor: like.rippleFactor,
    speed15: like.speed15 * (like.hardness / hardness) ** 0.9,
  };
}
