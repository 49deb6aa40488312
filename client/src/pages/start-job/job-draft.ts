import type { JobType } from '#domain/contract/enums.js';
import type { CreateJobDto, JobDto } from '#domain/contract/job.js';
import type { LatheLimits } from '#domain/contract/lathe.js';
import type { CustomMaterial, CuttingParameters } from '#domain/contract/machining.js';
import { type CalculatorResult, calculate } from '#domain/machining/calculate.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import { DEFAULT_MACHINE, type MachineLimits } from '#domain/machining/machine-limits.js';
import type { Material } from '#domain/machining/materials.js';
import { planJob } from '#domain/machining/plan.js';
import { fittingTools, type Tool } from '#domain/machining/tools.js';
import { numberOf } from '../../widgets/number-text';
import { besideField, type FieldFaults, type FieldWarnings, runFaults, warningsByField } from './job-faults';
import type { CustomFigure } from './parameter-fields';

/** A job while it is being put together. Texts are what stands in the fields; an absent or empty one takes the default. */
export interface JobDraft {
  jobType: JobType;
  material: string;
  toolNo: number;
  texts: Record<string, string>;
  choices: Pick<CuttingParameters, 'mode' | 'coolant' | 'side' | 'infeed'>;
  custom: { figures: Partial<Record<CustomFigure, string>>; ferrous: boolean };
  minutes: string;
  /** empty: the server draws one */
  seed: string;
  timeScale: number;
  description: string;
  queue: boolean;
}

export interface Library {
  tools: readonly Tool[];
  materials: readonly Material[];
}

export interface JobPreview {
  /** the job's parameters with every default filled in */
  parameters: CuttingParameters;
  result?: CalculatorResult;
  faults: FieldFaults;
  warnings: FieldWarnings;
}

/** Ceiling of constant surface speed where nobody says another, 1/min. */
const DEFAULT_MAX_RPM = 3500;

export const NEW_DRAFT: JobDraft = {
  jobType: 'turning',
  material: 'Mild Steel',
  toolNo: 1,
  texts: {},
  choices: {},
  custom: { figures: { hardness: '200' }, ferrous: true },
  minutes: '10',
  seed: '',
  timeScale: 1,
  description: '',
  queue: false,
};

/** The draft that does the same again as a job of the history. */
export function draftOf(job: JobDto): JobDraft {
  const { mode, coolant, side, infeed, cuttingSpeed, rpm, ...rest } = job.parameters;
  // A given spindle speed decides; beside it the cutting speed is only a consequence.
  const numbers = mode === 'css' || rpm === undefined ? { ...rest, cuttingSpeed } : { ...rest, rpm };
  return {
    ...NEW_DRAFT,
    jobType: job.JobType,
    material: job.Material,
    toolNo: job.ToolNo,
    texts: Object.fromEntries(Object.entries(definedOf(numbers)).map(([name, value]) => [name, String(value)])),
    choices: definedOf({ mode, coolant, side, infeed }),
    minutes: String(job.EstimatedTime),
    timeScale: job.timeScale,
    description: job.Description,
  };
}

/** The draft for another type: its default tool, and defaults for whatever only made sense for the type before. */
export function withJobType(draft: JobDraft, jobType: JobType, tools: readonly Tool[]): JobDraft {
  const fitting = fittingTools(jobType, tools);
  const toolNo = fitting.includes(draft.toolNo) ? draft.toolNo : (fitting[0] ?? draft.toolNo);
  return { ...draft, jobType, toolNo, texts: {}, choices: {} };
}

/** The draft after a number was typed. Spindle and cutting speed decide each other: the last one typed counts. */
export function withText(draft: JobDraft, name: string, text: string): JobDraft {
  const texts = { ...draft.texts, [name]: text };
  if (name === 'cuttingSpeed') delete texts['rpm'];
  if (name === 'rpm') delete texts['cuttingSpeed'];
  return { ...draft, texts };
}

/** The draft after a figure of an own material was typed. */
export function withCustom(draft: JobDraft, name: CustomFigure, text: string): JobDraft {
  return { ...draft, custom: { ...draft.custom, figures: { ...draft.custom.figures, [name]: text } } };
}

/** Constant surface speed needs a ceiling, because the speed grows without end towards the centre. */
export function withMode(draft: JobDraft, mode: 'css' | 'constantRpm'): JobDraft {
  const { rpm: _rpm, maxRpm: _maxRpm, ...texts } = draft.texts;
  return {
    ...draft,
    choices: { ...draft.choices, mode },
    texts: mode === 'css' ? { ...texts, maxRpm: String(DEFAULT_MAX_RPM) } : texts,
  };
}

/** The limits of a lathe in the words of the machining domain. */
export function machineOf(limits: LatheLimits): MachineLimits {
  return {
    ...DEFAULT_MACHINE,
    maxSpindleSpeedRpm: limits.maxSpindleSpeed,
    peakPowerW: limits.maxPower,
    peakTorqueNm: limits.maxTorque,
  };
}

/** What the draft would do, by the same rules as the server's. */
export function previewOf(draft: JobDraft, library: Library, limits: LatheLimits): JobPreview {
  const request = requestOf(draft);
  const planLibrary = { tools: library.tools, materials: library.materials, machine: machineOf(limits) };
  const faults = new Map(runFaults(draft));
  try {
    const { parameters, warnings } = planJob(request, planLibrary);
    const result = calculate(request, planLibrary);
    return { parameters, result, faults, warnings: warningsByField(warnings) };
  } catch (error) {
    if (!(error instanceof MachiningInputError)) throw error;
    for (const { path, message } of error.errors) faults.set(path, besideField(path, message, textAt(draft, path)));
    return { parameters: defaultsOf(draft, planLibrary), faults, warnings: new Map() };
  }
}

/** What was typed into the field of a path. */
function textAt({ texts, custom }: JobDraft, path: string): string | undefined {
  const [group, name = ''] = path.split('.');
  return group === 'customMaterial' ? custom.figures[name as CustomFigure] : texts[name];
}

/** The request body of the draft. */
export function jobOf(draft: JobDraft, latheId: string): CreateJobDto {
  const { jobType, material, toolNo, customMaterial, parameters } = requestOf(draft);
  const seed = numberOf(draft.seed);
  return {
    latheId,
    jobType,
    material,
    toolNo,
    parameters,
    estimatedTime: numberOf(draft.minutes) ?? Number.NaN,
    timeScale: draft.timeScale,
    ...(seed === undefined ? {} : { seed }),
    ...(customMaterial ? { customMaterial } : {}),
    ...(draft.description.trim() ? { description: draft.description.trim() } : {}),
    ...(draft.queue ? { queue: true } : {}),
  };
}

function requestOf({ jobType, material, toolNo, texts, choices, custom }: JobDraft) {
  const parameters: Record<string, unknown> = { ...choices };
  for (const [name, text] of Object.entries(texts)) {
    const value = numberOf(text);
    if (value !== undefined) parameters[name] = value;
  }
  const customMaterial = material === 'Custom' ? customOf(custom) : undefined;
  return {
    jobType,
    material,
    toolNo,
    parameters: parameters as CuttingParameters,
    ...(customMaterial ? { customMaterial } : {}),
  };
}

function customOf({ figures, ferrous }: JobDraft['custom']): CustomMaterial {
  const numbers = Object.entries(figures).map(([name, text]) => [name, numberOf(text)] as const);
  return { ferrous, ...Object.fromEntries(numbers.filter(([, value]) => value !== undefined)) };
}

/** What the fields stand at while the draft cannot be planned: the defaults of its work, or of a common one. */
function defaultsOf(draft: JobDraft, library: Parameters<typeof planJob>[1]): CuttingParameters {
  const { jobType, toolNo, choices, texts } = draft;
  const { parameters: _, ...work } = requestOf(draft);
  const mode = choices.mode ?? (texts['rpm'] ? 'constantRpm' : undefined);
  for (const request of [work, { jobType, toolNo, material: 'Mild Steel' }, { jobType, material: 'Mild Steel' }]) {
    try {
      return { ...planJob(request, library).parameters, ...choices, ...(mode ? { mode } : {}) };
    } catch (error) {
      if (!(error instanceof MachiningInputError)) throw error;
    }
  }
  return { ...choices };
}

function definedOf<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;
}
