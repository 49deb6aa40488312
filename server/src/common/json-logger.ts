import type { LoggerService, LogLevel } from '@nestjs/common';
import pino from 'pino';
import { logContext } from './log-context.js';

const PINO_LEVEL: Record<LogLevel, pino.Level> = {
  log: 'info',
  error: 'error',
  warn: 'warn',
  debug: 'debug',
  verbose: 'trace',
  fatal: 'fatal',
};

/** Nest's logger as one JSON line per message, with the ids of the request or job it belongs to. */
export class JsonLogger implements LoggerService {
  private readonly pino: pino.Logger;

  constructor(level: string, role: string) {
    this.pino = pino({
      level,
      base: { role },
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => ({ ...logContext.getStore() }),
      formatters: { level: (label) => ({ level: label }) },
    });
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('log', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('verbose', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context as the last argument and, for errors, a stack before it. */
  private write(level: LogLevel, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = rest.find((part) => typeof part === 'string' && part !== context);
    const fields = { ...(context ? { context } : {}), ...(stack ? { stack } : {}) };
    if (message instanceof Error) this.pino[PINO_LEVEL[level]]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message) this.pino[PINO_LEVEL[level]]({ ...fields, ...message });
    else this.pino[PINO_LEVEL[level]](fields, String(message));
  }
}
