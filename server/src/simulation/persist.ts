import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { DomainError } from '#domain/contract/errors.js';

const logger = new Logger('Store');
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * Does something with the store, again and again until it answers.
 * @throws DomainError: a refusal is an answer; and the last failure once `signal` says stop
 */
export async function persist<T>(what: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError || signal?.aborted) throw error;
      if (pauseMs === FIRST_PAUSE_MS) logger.warn(`${what} waits for the store: ${(error as Error).message}`);
      await wait(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}
