import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { FieldError } from '#domain/contract/errors.js';
import { ValidationError } from './errors.js';

type Issue = {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  code?: string;
  keys?: string[];
};

const pathOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** An unknown field is named by its own path, not by that of the object around it. */
function fieldErrors(issue: Issue): FieldError[] {
  const path = pathOf(issue);
  if (issue.code !== 'unrecognized_keys' || !issue.keys) return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: path ? `${path}.${key}` : key, message: 'is not a known field' }));
}

/** Leaves `__proto__` and its like where they are: a strict schema refuses them by name and copies only what it knows. */
class StrictValidationPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {}
}

/** Checks every parameter that names a schema; a misfit is a 422 with the place and the reason. */
export const validationPipe = new StrictValidationPipe({
  exceptionFactory: (issues) => new ValidationError(issues.slice(0, 50).flatMap((issue) => fieldErrors(issue))),
});
