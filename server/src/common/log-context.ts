import { AsyncLocalStorage } from 'node:async_hooks';

/** Ids that every log line of one request or one queue job carries. */
export interface LogContext {
  requestId?: string;
  jobId?: string;
  userID?: string;
}

export const logContext = new AsyncLocalStorage<LogContext>();
