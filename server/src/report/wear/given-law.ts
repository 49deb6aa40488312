import { calculate } from '#domain/machining/calculate.js';
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
  const { cuttingSpeedMPerMin, feedMm, depthMm, coolant, toolNo } = conditions;
  const { toolLife, cuttingForce } = calculate({
    jobType: 'turning',
    material,
    toolNo,
    parameters: {
      mode: 'constantRpm',
      cuttingSpeed: cuttingSpeedMPerMin,
      feed: feedMm,
      depthOfCut: depthMm,
      coolant,
      diameter: DIAMETER_MM,
    },
  });
  const taylorN = findTool(toolNo)?.taylorN ?? 0.25;
  return {
    material,
    cuttingForceN: cuttingForce,
    law: { lifeMin: toolLife, referenceSpeedMPerMin: cuttingSpeedMPerMin, taylorN, scale: 1 },
  };
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
