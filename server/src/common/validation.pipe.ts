import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ValidationError } from './errors.js';

type Issue = { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] };

const pathOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** Checks every parameter that names a schema; a misfit is a 422 with the place and the reason. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new ValidationError(issues.slice(0, 50).map((issue) => ({ path: pathOf(issue), message: issue.message }))),
});
