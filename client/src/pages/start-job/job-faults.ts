import type { PlanWarning } from '#domain/contract/machining.js';
import { ProblemError } from '../../api/problem';
import { numberFault } from '../../widgets/number-text';
import type { JobDraft } from './job-draft';
import { customFields, parameterFields } from './parameter-fields';

/** Message by path, for example `parameters.feed`. */
export type FieldFaults = ReadonlyMap<string, string>;
/** Messages by path. */
export type FieldWarnings = ReadonlyMap<string, readonly string[]>;

const MOST_MINUTES = 100_000;
const MOST_SEED = 4_294_967_295;

/**
 * A refusal in words that stand below their field: its name is there already, and text that is no number reads as typed.
 * @param text - what stands in the field, where it has one
 */
export function besideField(path: string, message: string, text?: string): string {
  const head = `${path} is `;
  if (!message.startsWith(head)) return sentence(message);
  const rest = message.slice(head.length);
  if (!/^(NaN|-?Infinity):/.test(rest)) return sentence(rest);
  return `“${text?.trim() || rest.split(':')[0]}” is no number${rest.slice(rest.indexOf(':')).replace('a number ', '')}.`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** What is wrong with how long and how the job runs. */
export function runFaults({ minutes, seed }: Pick<JobDraft, 'minutes' | 'seed'>): [path: string, message: string][] {
  const estimated =
    minutes.trim() === ''
      ? `Missing: expected above 0 to ${MOST_MINUTES} min.`
      : numberFault(minutes, { min: 0, max: MOST_MINUTES, unit: 'min', isOpen: true });
  const drawn = numberFault(seed, { min: 0, max: MOST_SEED, unit: '', whole: true });
  return [...(estimated ? pair('estimatedTime', estimated) : []), ...(drawn ? pair('seed', drawn) : [])];
}

const pair = (path: string, message: string): [string, string][] => [[path, message]];

/** Warnings of a plan by the field that they are about. */
export function warningsByField(warnings: readonly PlanWarning[]): FieldWarnings {
  const byField = new Map<string, string[]>();
  for (const { field, message } of warnings) {
    byField.set(field, [...(byField.get(field) ?? []), sentence(message)]);
  }
  return byField;
}

/** What the server refused, by field; empty where it refused for another reason. */
export function refusedFields(error: unknown): FieldFaults {
  const errors = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return new Map(errors.map(({ path, message }) => [path, besideField(path, message)]));
}

/** Fields of each step, by path. */
export function fieldsOfSteps(draft: JobDraft, mode: 'css' | 'constantRpm'): readonly (readonly string[])[] {
  const custom = draft.material === 'Custom' ? customFields.map(({ name }) => `customMaterial.${name}`) : [];
  const cut = parameterFields(draft.jobType, mode).map(({ name }) => `parameters.${name}`);
  return [
    ['jobType', 'material', 'customMaterial', ...custom, 'toolNo'],
    ['parameters.mode', 'parameters.coolant', 'parameters.side', 'parameters.infeed', ...cut],
    ['estimatedTime', 'seed', 'timeScale', 'description', 'queue', 'latheId'],
  ];
}

const OTHER_LABELS: Readonly<Record<string, string>> = {
  material: 'Material',
  customMaterial: 'Material',
  toolNo: 'Tool',
  jobType: 'Kind of work',
  estimatedTime: 'Time',
  seed: 'Seed',
  timeScale: 'Machine clock',
  'parameters.mode': 'Spindle',
  'parameters.coolant': 'Coolant',
  'parameters.side': 'Side',
  'parameters.infeed': 'Infeed',
};

/** Name of the field at a path as the form has it. */
export function labelOf(path: string, draft: JobDraft): string {
  const name = path.split('.')[1];
  const fields = [
    ...customFields,
    ...parameterFields(draft.jobType, 'css'),
    ...parameterFields(draft.jobType, undefined),
  ];
  return OTHER_LABELS[path] ?? fields.find((field) => field.name === name)?.label ?? path;
}
