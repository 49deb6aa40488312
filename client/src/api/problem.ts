import { type Problem, ProblemSchema } from '#domain/contract/problem.js';

/** The server refused: an RFC 9457 problem, or what could be made of another answer. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** s to wait, from Retry-After */
    readonly retryAfterS?: number,
  ) {
    super(problem.detail);
    this.name = 'ProblemError';
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Message for the field at `path`, where the server named one. */
  fieldMessage(path: string): string | undefined {
    return this.problem.errors?.find((fault) => fault.path === path)?.message;
  }
}

/** No answer at all: the network or the server is away. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause });
    this.name = 'UnreachableError';
  }
}

/** The answer does not have the agreed shape: client and server are of different versions. */
export class UnexpectedAnswerError extends Error {
  constructor(path: string, cause: unknown) {
    super(`The answer to ${path} has an unexpected shape. Reload the page to get the current version.`, { cause });
    this.name = 'UnexpectedAnswerError';
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterS = Number.isFinite(retryAfter) ? retryAfter : undefined;
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = ProblemSchema.safeParse(body);
  if (parsed.success) return new ProblemError(parsed.data, retryAfterS);
  const detail = `The server answered ${response.status} ${response.statusText}`.trim();
  return new ProblemError(
    { type: 'about:blank', title: detail, status: response.status, detail, code: 'unknown' },
    retryAfterS,
  );
}

/** One sentence for people about any failure of a call. */
export function messageOf(error: unknown): string {
  if (error instanceof ProblemError) {
    const fields = error.problem.errors?.map((fault) => fault.message).join(' ');
    return fields && !error.problem.detail.includes(fields)
      ? `${error.problem.detail} ${fields}`
      : error.problem.detail;
  }
  return error instanceof Error ? error.message : 'Something went wrong.';
}
