import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { INTERNAL_PROBLEM, toProblem } from './problem.js';

/** Seconds to wait, for errors that carry them. */
const retryAfterOf = (error: unknown): number | undefined => (error as { retryAfterS?: number } | null)?.retryAfterS;

/** The one place where anything thrown becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const answer = toProblem(error);
    if (!answer) this.log.error(error instanceof Error ? (error.stack ?? error.message) : error);
    if (response.headersSent) {
      response.end();
      return;
    }
    const retryAfterS = retryAfterOf(error);
    if (retryAfterS !== undefined) response.setHeader('Retry-After', String(retryAfterS));
    const body = answer ?? INTERNAL_PROBLEM;
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  }
}
