import { type CalculatorResult, calculate } from '#domain/machining/calculate.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import { MATERIALS } from '#domain/machining/materials.js';
import type { Coolant } from '#domain/machining/plan.js';
import { findTool } from '#domain/machining/tools.js';
import type { WearLaw } from '#domain/machining/wear-fit.js';

/** Conditions of measured cuts, as far as they are known. */
export interface CutConditions {
  cuttingSpeedMPerMin: number;
  feedMm: number;
  depthMm: number;
  coolant: Coolant;
  toolNo: number;
}

/** What the simulator, with its constants as they are, says of an outside cut: its wear law and its cutting force. */
export interface GivenLaw {
  material: string;
  law: WearLaw;
  cuttingForceN: number;
}

/** Any common diameter: neither life nor force depends on it at a given cutting speed. */
const DIAMETER_MM = 50;

/** The simulator's law for a material under `conditions`. @throws MachiningInputError */
export function givenLaw(material: string, conditions: CutConditions): GivenLaw {
  const { toolLife, cuttingForce } = cut(material, conditions, 0);
  const taylorN = findTool(conditions.toolNo)?.taylorN ?? 0.25;
  return {
    material,
    cuttingForceN: cuttingForce,
    law: { lifeMin: toolLife, referenceSpeedMPerMin: conditions.cuttingSpeedMPerMin, taylorN, scale: 1 },
  };
}

const cut = (material: string, conditions: CutConditions, flankWear: number): CalculatorResult =>
  calculate({
    jobType: 'turning',
    material,
    toolNo: conditions.toolNo,
    parameters: {
      mode: 'constantRpm',
      cuttingSpeed: conditions.cuttingSpeedMPerMin,
      feed: conditions.feedMm,
      depthOfCut: conditions.depthMm,
      coolant: conditions.coolant,
      diameter: DIAMETER_MM,
      flankWear,
    },
  });

const FORCES = [
  { force: 'cutting', name: 'Cutting force', field: 'cuttingForce' },
  { force: 'feed', name: 'Feed force', field: 'feedForce' },
  { force: 'passive', name: 'Passive force', field: 'passiveForce' },
] as const;

/** By how much of itself each force grows per mm of flank wear in the simulator. */
export function modelGrowth(material: string, conditions: CutConditions) {
  const wornMm = 0.1;
  const sharp = cut(material, conditions, 0);
  const worn = cut(material, conditions, wornMm);
  return FORCES.map(({ force, name, field }) => ({ force, name, perMm: (worn[field] / sharp[field] - 1) / wornMm }));
}

/** The laws of all materials that can be cut so. */
export function givenLaws(conditions: CutConditions): GivenLaw[] {
  return MATERIALS.flatMap(({ name }) => {
    try {
      return [givenLaw(name, conditions)];
    } catch (error) {
      if (error instanceof MachiningInputError) return [];
      throw error;
    }
  });
}
