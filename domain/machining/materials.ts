import type { MaterialName } from '../contract/enums.js';

/** Figures of a work material; names as in the API. */
export interface Material {
  name: MaterialName;
  /** group of VDI 3323 */
  vdiGroup: number | null;
  ferrous: boolean;
  /** Brinell hardness */
  hardness: number;
  /** Kienzle: specific force of a 1 mm² chip of 1 mm thickness at zero rake, N/mm² */
  kc1: number;
  /** Kienzle exponent */
  mc: number;
  /** kg/m³ */
  density: number;
  /** J/(kg·K) */
  specificHeat: number;
  /** W/(m·K) */
  conductivity: number;
  /** solidus or charring point, K */
  limitTemperature: number;
  /** betaT: corrects properties at room temperature in the cutting-zone rise */
  heatFactor: number;
  /** rip: share of the cutting force that shakes the housing */
  rippleFactor: number;
  /** cutting speed for 15 min of life with coated carbide, 0.25 mm/rev, 2 mm, flood, m/min */
  speed15: number;
}

const row = (
  name: MaterialName,
  vdiGroup: number | null,
  ferrous: boolean,
  hardness: number,
  kc1: number,
  mc: number,
  density: number,
  specificHeat: number,
  conductivity: number,
  limitTemperature: number,
  heatFactor: number,
  rippleFactor: number,
  speed15: number,
): Material => ({
  name,
  vdiGroup,
  ferrous,
  hardness,
  kc1,
  mc,
  density,
  specificHeat,
  conductivity,
  limitTemperature,
  heatFactor,
  rippleFactor,
  speed15,
});

/**
 * Work materials. kc1 and mc: VDI 3323 groups as in Iscar's catalogues (2017 p. 558, 2022 p. 111); thermal figures: Heat and
 * Mass Transfer Data Book and Callister; hardness, speeds for 15 min of life (±30 %) and limits: handbook values;
 * wood: orders of magnitude (±50 %); heat and ripple factors: this model's own.
 */
export const MATERIALS: readonly Material[] = [
  row('Mild Steel', 1, true, 125, 1350, 0.21, 7832, 434, 63.9, 1790, 0.65, 0.03, 350),
  row('Aluminum', 22, false, 95, 800, 0.25, 2700, 892, 177, 855, 0.55, 0.02, 900),
  row('Wood', null, false, 3.5, 12, 0.35, 700, 1700, 0.17, 530, 0.8, 0.06, 600),
  row('Alloy Steel 4140', 6, true, 200, 1775, 0.24, 7850, 475, 42.7, 1690, 0.65, 0.035, 230),
  row('Stainless 304', 14, true, 180, 2150, 0.2, 8000, 500, 16.2, 1673, 0.5, 0.045, 180),
  row('Cast Iron', 15, true, 180, 1150, 0.2, 7272, 420, 52, 1450, 0.65, 0.055, 220),
  row('Brass', 27, false, 90, 700, 0.27, 8522, 385, 110.7, 1160, 0.65, 0.02, 450),
  row('Titanium Ti-6Al-4V', 37, false, 330, 1245, 0.24, 4420, 560, 7.2, 1877, 0.6, 0.08, 60),
];

/** The material of that exact name, or undefined. `Custom` has no row. */
export function findMaterial(name: string, materials: readonly Material[] = MATERIALS): Material | undefined {
  return materials.find((material) => material.name === name);
}
