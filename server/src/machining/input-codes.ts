import type { z } from 'zod';
import type { FieldError } from '#domain/contract/errors.js';
import { type MachiningErrorCode, type MachiningFieldError, MachiningInputError } from '#domain/machining/errors.js';
import { ValidationError } from '../common/errors.js';

type Issue = z.core.$ZodIssue;

/**
 * The schema of a machining request whose misfits carry the machining codes where they have one: `not_a_number` for text in
 * a number's place, `out_of_range`, `fault_unknown`. Misfits of shape (unknown or missing fields) stay `validation_failed`.
 */
export function withMachiningCodes<Schema extends z.ZodType>(schema: Schema): Schema {
  const validate = (value: unknown) => ({ value: parseMachiningInput(schema, value) });
  return Object.create(schema, { '~standard': { value: { ...schema['~standard'], validate } } });
}

/** @throws MachiningInputError, ValidationError */
export function parseMachiningInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw misfitError(parsed.error.issues, value);
}

function misfitError(issues: Issue[], body: unknown): Error {
  const errors = issues.slice(0, 50).flatMap((issue) => toFieldErrors(issue, body));
  return errors.every(hasCode) ? new MachiningInputError(errors) : new ValidationError(errors);
}

const hasCode = (error: FieldError): error is MachiningFieldError => error.code !== undefined;

function toFieldErrors(issue: Issue, body: unknown): FieldError[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known field' }));
  }
  const value = valueAt(body, issue.path);
  const code = codeOf(issue, value);
  if (!code) return [{ path, message: issue.message }];
  return [{ path, message: `${path} is ${JSON.stringify(value)}: expected ${expectationOf(issue)}`, code }];
}

function expectationOf(issue: Issue): string {
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  return issue.code === 'invalid_type' && issue.expected === 'int' ? 'a whole number' : 'a finite number';
}

function codeOf(issue: Issue, value: unknown): MachiningErrorCode | undefined {
  const field = issue.path.at(-1);
  if (issue.code === 'invalid_type' && issue.expected === 'number' && value !== undefined) return 'not_a_number';
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'out_of_range';
  if ((issue.code === 'too_small' || issue.code === 'too_big') && typeof value === 'number') return 'out_of_range';
  if (issue.code === 'invalid_value' && value !== undefined) {
    if (field === 'jobType' || field === 'job_type') return 'job_type_unknown';
    if (field === 'type') return 'fault_unknown';
  }
  return undefined;
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  let value = body;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return value;
}
