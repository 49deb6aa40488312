import { CreateJobSchema } from '#domain/contract/job.js';
import { CuttingParametersSchema } from '#domain/contract/machining.js';

const NUMBERS = new Set(['toolNo', 'estimatedTime', 'timeScale', 'seed']);
const WORDS = new Set(['mode', 'coolant', 'side', 'infeed']);
const PARAMETERS = new Set(Object.keys(CuttingParametersSchema.shape));
const FIELDS = new Set(Object.keys(CreateJobSchema.shape));

/**
 * The fields of an HTML form as the body that the API takes: numbers for numbers, cutting parameters (`feed` or
 * `parameters.feed`) in their place, empty fields left out. What it does not know stays, for the schema to refuse.
 */
export function jobFromForm(form: Record<string, unknown>): Record<string, unknown> {
  const job: Record<string, unknown> = {};
  const parameters: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(form)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    const name = field.startsWith('parameters.') ? field.slice('parameters.'.length) : field;
    if (name !== field || (PARAMETERS.has(name) && !FIELDS.has(name))) {
      parameters[name] = WORDS.has(name) ? value : numberOrText(value);
    } else if (name === 'queue') job[name] = value === 'on' || value === 'true';
    else job[name] = NUMBERS.has(name) ? numberOrText(value) : value;
  }
  return Object.keys(parameters).length > 0 ? { ...job, parameters } : job;
}

/** Text that is no number stays text, so that the schema names it. */
function numberOrText(value: string): number | string {
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
