import type { CuttingParameters } from '../contract/machining.js';
import type { WhatIfBasis, WhatIfDto } from '../contract/what-if.js';
import { MATERIALS, type Material } from '../machining/materials.js';
import { type JobPlan, type PlanLibrary, planJob } from '../machining/plan.js';
import type { MachiningRequest } from '../machining/request.js';
import { TOOLS, type Tool } from '../machining/tools.js';
import { toolAtStart } from './basis.js';

/** What is to be different; without anything it is the current plan. */
export type Changes = Pick<WhatIfDto, 'parameters' | 'material' | 'toolNo'>;

/** The plan that is running. */
export function currentPlan(basis: WhatIfBasis): JobPlan {
  return proposedPlan(basis, {});
}

/**
 * The running plan with changes; all else stays as it is, the speed too where another tool or material would allow another.
 * @param library - the shop's tools and materials; those in use keep the figures that the job was planned with
 * @throws MachiningInputError with one entry per bad field, the codes of `planJob`
 */
export function proposedPlan(basis: WhatIfBasis, changes: Changes, library: PlanLibrary = {}): JobPlan {
  const material = changes.material ?? basis.material.name;
  const toolNo = changes.toolNo ?? basis.tool.toolNo;
  const request: MachiningRequest = {
    jobType: basis.jobType,
    material,
    toolNo,
    parameters: merge(basis.parameters, changes.parameters ?? {}),
    toolBroken: toolAtStart(basis.start, toolNo)?.broken ?? false,
  };
  if (material === 'Custom' && basis.material.name === 'Custom') request.customMaterial = figuresOf(basis.material);
  return planJob(request, {
    machine: basis.machine,
    tools: withOwn(library.tools ?? TOOLS, basis.tool as Tool, ({ toolNo: number }) => number),
    materials: withOwn(library.materials ?? MATERIALS, basis.material as Material, ({ name }) => name),
  });
}

/** The speed is given either way; the one that changes decides. */
function merge(current: CuttingParameters, changed: CuttingParameters): CuttingParameters {
  const merged = { ...current, ...changed };
  const css = merged.mode === 'css';
  if (css || (changed.rpm === undefined && changed.cuttingSpeed !== undefined)) {
    if (changed.rpm === undefined) delete merged.rpm;
  } else if (changed.rpm !== undefined && changed.cuttingSpeed === undefined) {
    delete merged.cuttingSpeed;
  }
  return merged;
}

function figuresOf(material: WhatIfBasis['material']): NonNullable<MachiningRequest['customMaterial']> {
  const { kc1, mc, hardness, ferrous, density, specificHeat, conductivity } = material;
  return { kc1, mc, hardness, ferrous, density, specificHeat, conductivity };
}

function withOwn<Row>(rows: readonly Row[], own: Row, keyOf: (row: Row) => unknown): Row[] {
  const key = keyOf(own);
  return rows.some((row) => keyOf(row) === key) ? rows.map((row) => (keyOf(row) === key ? own : row)) : [...rows, own];
}
