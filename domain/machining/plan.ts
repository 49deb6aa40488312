import { JOB_TYPES } from '../contract/enums.js';
import type { CuttingParameters, PlanWarning } from '../contract/machining.js';
import type { BoringCut } from './boring.js';
import { customMaterial } from './custom-material.js';
import type { DrillingCut } from './drilling.js';
import { MachiningInputError } from './errors.js';
import type { FacingCut } from './facing.js';
import type { KnurlingCut } from './knurling.js';
import { DEFAULT_MACHINE, type MachineLimits } from './machine-limits.js';
import { findMaterial, MATERIALS, type Material } from './materials.js';
import { checkParameters } from './parameter-ranges.js';
import { planPass } from './passes.js';
import { planCut } from './plan-cut.js';
import { planSpindle } from './plan-spindle.js';
import { planTool } from './plan-tool.js';
import { warnOfPlan } from './plan-warnings.js';
import { plannedParameters } from './planned-parameters.js';
import { Problems } from './problems.js';
import type { MachiningRequest } from './request.js';
import type { SpindleCommand } from './spindle.js';
import type { ThreadingCut } from './threading.js';
import { findTool, TOOLS, type Tool } from './tools.js';
import type { TurningCut } from './turning.js';

export { fittingTools } from './tools.js';

export type CutPlan = TurningCut | FacingCut | BoringCut | DrillingCut | ThreadingCut | KnurlingCut;
/** Free length between chuck jaws and cut, mm. */
const CHUCK_CLEARANCE_MM = 20;

export type Coolant = 'flood' | 'mist' | 'dry';

/** A checked job with every default filled in: plain JSON. */
export interface JobPlan {
  material: Material;
  tool: Tool;
  machine: MachineLimits;
  coolant: Coolant;
  spindle: SpindleCommand;
  cut: CutPlan;
  /** passes per workpiece */
  passes: number;
  /** flank wear that the tool starts with, mm; null: as the tool is */
  initialFlankWearMm: number | null;
  /** length of the workpiece from the chuck face to its free end, mm */
  workLengthMm: number;
  /** length of the workpiece that takes part in the exchange of heat, mm */
  heatedLengthMm: number;
  /** outside diameter of the workpiece before the job, mm */
  workDiameterMm: number;
  /** the same job in the API's names, defaults included */
  parameters: CuttingParameters;
  warnings: PlanWarning[];
}

/** What a plan is made against; every part has a default. */
export interface PlanLibrary {
  tools?: readonly Tool[];
  materials?: readonly Material[];
  machine?: MachineLimits;
}

/**
 * Checks a request and fills in what it leaves open.
 * @throws MachiningInputError with one entry per bad field
 */
export function planJob(request: MachiningRequest, library: PlanLibrary = {}): JobPlan {
  const machine = library.machine ?? DEFAULT_MACHINE;
  const problems = new Problems();
  const given = checkParameters(request.parameters, machine, problems);
  const material = planMaterial(request, library.materials ?? MATERIALS, problems);
  const jobType = JOB_TYPES.find((type) => type === request.jobType);
  if (!jobType) {
    const types = JOB_TYPES.join(', ');
    problems.error('job_type_unknown', 'jobType', `jobType is ${String(request.jobType)}: expected one of ${types}`);
  }
  const tool = jobType && planTool(request, jobType, library.tools ?? TOOLS, problems);
  problems.throwIfAny();
  if (!material || !jobType || !tool) throw new MachiningInputError([]);

  if (jobType === 'knurling' && (material.name === 'Wood' || material.name === 'Cast Iron')) {
    problems.error('not_formable', 'material', `${material.name} cannot be knurled: it breaks instead of flowing`);
  }
  const work = planCut(jobType, given, tool, machine, problems);
  problems.throwIfAny();

  const { diameterMm } = planPass({ cut: work.cut, tool, material }, 1);
  const feedMm = 'feedMm' in work.cut ? work.cut.feedMm : work.cut.pitchMm;
  const spindle = planSpindle(jobType, given, diameterMm, feedMm, material, tool, machine, problems);
  problems.throwIfAny();

  const plan: JobPlan = {
    material,
    tool,
    machine,
    coolant: given.coolant ?? (material.name === 'Wood' ? 'dry' : 'flood'),
    spindle,
    cut: work.cut,
    passes: work.passes,
    initialFlankWearMm: given.flankWear ?? null,
    workLengthMm: work.heatedLengthMm + CHUCK_CLEARANCE_MM,
    heatedLengthMm: work.heatedLengthMm,
    workDiameterMm: work.workDiameterMm,
    parameters: {},
    warnings: problems.warnings,
  };
  plan.parameters = plannedParameters(plan);
  warnOfPlan(plan);
  return plan;
}

/** The same plan with tables' own rows in place of equal copies: many lathes then read the same few lines of memory. */
export function sharePlan(plan: JobPlan): JobPlan {
  return {
    ...plan,
    material: ownRow(plan.material, findMaterial(plan.material.name)),
    tool: ownRow(plan.tool, findTool(plan.tool.toolNo)),
    machine: ownRow(plan.machine, DEFAULT_MACHINE),
  };
}

const ownRow = <T>(copy: T, row: T | undefined): T =>
  JSON.stringify(row) === JSON.stringify(copy) ? (row as T) : copy;

function planMaterial(
  request: MachiningRequest,
  materials: readonly Material[],
  problems: Problems,
): Material | undefined {
  if (request.material === 'Custom') return customMaterial(request.customMaterial, problems);
  const material = findMaterial(request.material, materials);
  if (!material) {
    const names = [...materials.map((known) => known.name), 'Custom'].join(', ');
    problems.error('material_unknown', 'material', `material is ${String(request.material)}: expected one of ${names}`);
  }
  return material;
}
