import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '#domain/contract/errors.js';
import type { Problem } from '#domain/contract/problem.js';

const STATUS_BY_KIND: Record<ErrorKind, number> = {
  invalid: 422,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  outdated: 412,
  tooMany: 429,
  unavailable: 503,
};

const TITLES: Record<number, string> = {
  400: 'Malformed request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict with the present state',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid request',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

const CODES: Record<number, string> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'address_not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
};

const ENGINE_FAULTS = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongooseServerSelectionError',
  'MaxRetriesPerRequestError',
  'PoolClearedError',
  'MongoPoolClearedError',
]);

/** True for what a driver throws while its engine is away: the request was fine and may be sent again. */
export function isEngineFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ENGINE_FAULTS.has(error.name) ||
    /Connection is closed|Command timed out|ECONNREFUSED|ENOENT.*sock/.test(error.message)
  );
}

const problem = (status: number, code: string, detail: string, errors?: Problem['errors']): Problem => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Request failed',
  status,
  detail,
  code,
  ...(errors ? { errors } : {}),
});

/** RFC 9457 details of any thrown value; null for a bug, whose text must not leave the house. */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof DomainError) {
    return problem(STATUS_BY_KIND[error.kind], error.code, error.message, error.errors);
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status >= 500) return null;
    const malformed = status === 400 && /JSON|Unexpected|body/i.test(error.message);
    return problem(status, malformed ? 'malformed_json' : (CODES[status] ?? 'refused'), error.message);
  }
  if (isEngineFault(error)) {
    return problem(503, 'unavailable', 'A storage engine does not answer at the moment. Try again in a few seconds.');
  }
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const type = (error as { type?: string }).type;
    const code = type === 'entity.parse.failed' ? 'malformed_json' : (CODES[status] ?? 'refused');
    return problem(status, code, (error as Error).message);
  }
  return null;
}

export const INTERNAL_PROBLEM = problem(500, 'internal_error', 'Something went wrong on our side. It has been logged.');
