import type { z } from 'zod';
import { ProblemError, problemOf, UnexpectedAnswerError, UnreachableError } from './problem';

const TIMEOUT_MS = 15_000;

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

let onSignedOut: () => void = () => {};

/** Called whenever the server says that there is no session (any more). */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** @throws ProblemError, UnreachableError, UnexpectedAnswerError */
export function getJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<Schema>> {
  return call('GET', path, undefined, schema, {}, timeoutMs);
}

/** Sends `body` as JSON; the answer is parsed with `schema`. @throws as getJson */
export function sendJson<Schema extends z.ZodType>(
  method: Exclude<Method, 'GET'>,
  path: string,
  body: unknown,
  schema: Schema,
  headers: Record<string, string> = {},
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<Schema>> {
  return call(method, path, body, schema, headers, timeoutMs);
}

/** As getJson, with the ETag that names this edition of what was read. */
export function getTagged<Schema extends z.ZodType>(path: string, schema: Schema): Promise<Tagged<z.output<Schema>>> {
  return exchange('GET', path, undefined, schema, {}, TIMEOUT_MS);
}

/** As sendJson, refused (412) where another edition than `tag` stands by now. @param tag - null replaces any */
export function sendTagged<Schema extends z.ZodType>(
  method: 'PUT' | 'PATCH',
  path: string,
  { data, tag }: Tagged<unknown>,
  schema: Schema,
): Promise<Tagged<z.output<Schema>>> {
  return exchange(method, path, data, schema, tag === null ? {} : { 'if-match': tag }, TIMEOUT_MS);
}

/** Path with those parameters that have a value. */
export function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** Something with the name of this edition of it. */
export interface Tagged<Data> {
  data: Data;
  tag: string | null;
}

async function call<Schema extends z.ZodType>(...order: ExchangeOrder<Schema>): Promise<z.output<Schema>> {
  return (await exchange(...order)).data;
}

type ExchangeOrder<Schema> = [
  method: Method,
  path: string,
  body: unknown,
  schema: Schema,
  headers: Record<string, string>,
  timeoutMs: number,
];

async function exchange<Schema extends z.ZodType>(
  ...[method, path, body, schema, headers, timeoutMs]: ExchangeOrder<Schema>
): Promise<Tagged<z.output<Schema>>> {
  const response = await request(method, path, body, headers, timeoutMs);
  if (!response.ok) {
    const problem = await problemOf(response);
    // A wrong password says nothing about the session.
    if (problem.status === 401 && problem.code !== 'invalid_credentials') onSignedOut();
    throw problem;
  }
  const answer: unknown = response.status === 204 ? undefined : await bodyOf(response);
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new UnexpectedAnswerError(path, parsed.error);
  return { data: parsed.data, tag: response.headers.get('etag') };
}

async function request(
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new UnreachableError(cause);
  }
}

/** Whether another attempt may help: a refusal stays a refusal, an absent server comes back. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ProblemError && error.status >= 500;
}

/** @returns undefined where it is no JSON. @throws UnreachableError where it broke off: then it says nothing at all */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new UnreachableError(cause);
  });
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
