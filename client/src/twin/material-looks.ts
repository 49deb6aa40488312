import { MATERIAL_NAMES, type MaterialName } from '#domain/contract/enums.js';

/** How chips leave the edge: long curls, short crumbs, fine dust or light flakes. */
export const CHIP_KINDS = ['curl', 'crumb', 'dust', 'flake'] as const;
export type ChipKind = (typeof CHIP_KINDS)[number];

/** Colours are sRGB 0..1; roughness and metalness 0..1. */
export interface MaterialLook {
  /** surface a tool has just cut */
  machined: readonly [number, number, number];
  machinedRoughness: number;
  /** as delivered: mill scale, cast skin, planed wood */
  skin: readonly [number, number, number];
  skinRoughness: number;
  metalness: number;
  /** strength of growth rings and fibres, 0 for metals */
  grain: number;
  chips: ChipKind;
  chip: readonly [number, number, number];
}

const LOOKS: Record<MaterialName, MaterialLook> = {
  'Mild Steel': metal([0.74, 0.75, 0.77], 0.3, [0.36, 0.36, 0.38], 0.62, 'curl', [0.6, 0.6, 0.66]),
  Aluminum: metal([0.9, 0.91, 0.93], 0.24, [0.76, 0.77, 0.79], 0.5, 'curl', [0.92, 0.93, 0.95]),
  Wood: {
    machined: [0.84, 0.66, 0.45],
    machinedRoughness: 0.75,
    skin: [0.69, 0.5, 0.32],
    skinRoughness: 0.9,
    metalness: 0,
    grain: 1,
    chips: 'flake',
    chip: [0.86, 0.7, 0.5],
  },
  'Alloy Steel 4140': metal([0.66, 0.67, 0.71], 0.26, [0.27, 0.27, 0.3], 0.58, 'curl', [0.42, 0.45, 0.58]),
  'Stainless 304': metal([0.82, 0.82, 0.81], 0.18, [0.62, 0.62, 0.62], 0.42, 'curl', [0.78, 0.74, 0.66]),
  'Cast Iron': metal([0.46, 0.46, 0.47], 0.5, [0.25, 0.25, 0.26], 0.85, 'dust', [0.3, 0.3, 0.31]),
  Brass: metal([0.86, 0.76, 0.52], 0.22, [0.68, 0.58, 0.38], 0.45, 'crumb', [0.9, 0.8, 0.54]),
  'Titanium Ti-6Al-4V': metal([0.63, 0.61, 0.6], 0.36, [0.5, 0.48, 0.47], 0.6, 'curl', [0.7, 0.66, 0.58]),
  Custom: metal([0.7, 0.7, 0.72], 0.34, [0.5, 0.5, 0.52], 0.55, 'curl', [0.64, 0.64, 0.67]),
};

function metal(
  machined: MaterialLook['machined'],
  machinedRoughness: number,
  skin: MaterialLook['skin'],
  skinRoughness: number,
  chips: ChipKind,
  chip: MaterialLook['chip'],
): MaterialLook {
  return { machined, machinedRoughness, skin, skinRoughness, metalness: 1, grain: 0, chips, chip };
}

/** Looks in the order of MATERIAL_NAMES, which is the order of the shader's table. */
export const MATERIAL_LOOKS: readonly MaterialLook[] = MATERIAL_NAMES.map((name) => LOOKS[name]);

/** Row of a material in MATERIAL_LOOKS; plain steel where the name is unknown. */
export function lookIndexOf(material: string | undefined): number {
  return Math.max(0, MATERIAL_NAMES.indexOf(material as MaterialName));
}
