import type { z } from 'zod';
import type { FieldError } from '#domain/contract/errors.js';
import { type MachiningErrorCode, type MachiningFieldError, MachiningInputError } from '#domain/machining/errors.js';
import { ValidationError } from '../common/errors.js';
import { expectedNumber } from './expected-number.js';

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
  const errors = parsed.error.issues.slice(0, 50).flatMap((issue) => toFieldErrors(issue, value, schema));
  throw misfitError(errors);
}

function misfitError(errors: FieldError[]): Error {
  return errors.every(hasCode) ? new MachiningInputError(errors) : new ValidationError(errors);
}

const hasCode = (error: FieldError): error is MachiningFieldError => error.code !== undefined;

function toFieldErrors(issue: Issue, body: unknown, schema: z.ZodType): FieldError[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known field' }));
  }
  const value = valueAt(body, issue.path);
  const code = codeOf(issue, value);
  if (!code) return [{ path, message: issue.message }];
  return [{ path, message: `${path} is ${inWords(value)}: expected ${expectationOf(issue, schema)}`, code }];
}

/** A value as it was sent; JSON itself has no word for infinity, which a number with many digits becomes. */
function inWords(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function expectationOf(issue: Issue, schema: z.ZodType): string {
  if (issue.code !== 'invalid_value') {
    const range = expectedNumber(schema, issue.path);
    if (range) return issue.code === 'invalid_type' && issue.expected === 'number' ? `a number ${range}` : range;
  }
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
