import type { WhatIfBasis } from '#domain/contract/what-if.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import type { Coolant, JobPlan, PlanLibrary } from '#domain/machining/plan.js';
import type { Tool } from '#domain/machining/tools.js';
import { type Changes, proposedPlan } from '#domain/what-if/proposal.js';

/** The numbers that may be tried. */
export type TriedNumber = 'cuttingSpeed' | 'feed' | 'depthOfCut';

/** What somebody tries: texts stand in the fields, an absent or empty one stays as planned. */
export interface WhatIfDraft {
  texts: Partial<Record<TriedNumber, string>>;
  coolant?: Coolant;
  toolNo?: number;
  material?: string;
}

export const AS_PLANNED: WhatIfDraft = { texts: {} };

/** One number with a slider. */
export interface TriedField {
  name: TriedNumber;
  label: string;
  unit: string;
  min: number;
  max: number;
  step: number;
  /** as the job was planned */
  planned: number;
}

export interface Proposal {
  plan?: JobPlan;
  /** message by path, for example `parameters.feed` */
  faults: ReadonlyMap<string, string>;
}

/** The draft after a number was typed or a slider moved. */
export function withText(draft: WhatIfDraft, name: TriedNumber, text: string): WhatIfDraft {
  return { ...draft, texts: { ...draft.texts, [name]: text } };
}

/** What differs from the running plan, in the words of the API. */
export function changesOf({ texts, coolant, toolNo, material }: WhatIfDraft): Changes {
  const parameters: Record<string, unknown> = coolant === undefined ? {} : { coolant };
  for (const [name, text] of Object.entries(texts)) {
    if (text.trim() !== '') parameters[name] = Number(text.replace(',', '.'));
  }
  return {
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(toolNo === undefined ? {} : { toolNo }),
    ...(material === undefined ? {} : { material }),
  };
}

/** The changed plan, or why there is none, by the same rules as the server's. */
export function proposalOf(basis: WhatIfBasis, draft: WhatIfDraft, library: PlanLibrary): Proposal {
  const faults = new Map<string, string>();
  try {
    return { plan: proposedPlan(basis, changesOf(draft), library), faults };
  } catch (error) {
    if (!(error instanceof MachiningInputError)) throw error;
    for (const { path, message } of error.errors) faults.set(path, message);
    return { faults };
  }
}

/**
 * The numbers that matter for a job, with a range worth trying: that of the tool, and always the planned value.
 * @param speeds - range of cutting speeds, m/min
 */
export function triedFields(
  { parameters }: WhatIfBasis,
  tool: Tool,
  speeds: { min: number; max: number },
): TriedField[] {
  const { cuttingSpeed, feed, depthOfCut } = parameters;
  const fields: TriedField[] = [];
  if (cuttingSpeed !== undefined) {
    fields.push(field('cuttingSpeed', 'Cutting speed', 'm/min', speeds.max > 50 ? 1 : 0.1, cuttingSpeed, speeds));
  }
  if (feed !== undefined) fields.push(field('feed', 'Feed', 'mm/rev', 0.01, feed, tool.feed));
  if (depthOfCut !== undefined) {
    fields.push(field('depthOfCut', 'Depth of cut', 'mm', 0.1, depthOfCut, tool.depthOfCut ?? { min: 0.1, max: 5 }));
  }
  return fields;
}

function field(
  name: TriedNumber,
  label: string,
  unit: string,
  step: number,
  planned: number,
  range: { min: number; max: number },
): TriedField {
  const down = (value: number) => Number((Math.floor(value / step + 1e-9) * step).toFixed(3));
  const min = Math.max(step, down(Math.min(range.min, planned)));
  return { name, label, unit, step, planned, min, max: down(Math.max(range.max, planned) + step * 0.999) };
}
