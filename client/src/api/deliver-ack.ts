import type { AlarmEventType } from '#domain/alarms/alarm-state.js';
import type { Delivery, PendingAck } from './ack-outbox';
import { actOnAlert, fetchTransitions } from './alerts';
import { ProblemError, UnreachableError } from './problem';

/** After one of these an alert tells of something that an earlier acknowledgement could not mean. */
const SPEAKS_ANEW: ReadonlySet<string> = new Set<AlarmEventType>([
  'limitExceeded',
  'priorityRaised',
  'unshelved',
  'shelfExpired',
  'unsuppressed',
  'returnedToService',
]);

/** The alert was raised anew after it had been acknowledged, before that could be delivered. */
export class RaisedAnewError extends Error {
  constructor() {
    super('It was raised anew before your acknowledgement arrived.');
    this.name = 'RaisedAnewError';
  }
}

/** Sends one acknowledgement. One that has waited is only sent while the alert still tells what its author saw. */
export async function deliverAck(ack: PendingAck, hasWaited: boolean): Promise<Delivery> {
  const { alertId, comment, key, n } = ack;
  try {
    if (hasWaited) {
      const since = (await fetchTransitions(alertId)).filter((transition) => transition.n > n);
      if (since.some(({ event }) => SPEAKS_ANEW.has(event)))
        return { outcome: 'refused', error: new RaisedAnewError() };
    }
    const alert = await actOnAlert(alertId, { verb: 'acknowledge', ...(comment ? { comment } : {}) }, key);
    return { outcome: 'done', alert };
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(error: unknown): Delivery {
  if (error instanceof UnreachableError) return { outcome: 'later' };
  if (!(error instanceof ProblemError)) return { outcome: 'refused', error };
  if (error.status === 401) return { outcome: 'signedOut' };
  if (error.status === 429) return { outcome: 'later', afterMs: (error.retryAfterS ?? 5) * 1000 };
  // A server or a proxy in front of it that is just starting answers so.
  return error.status >= 500 ? { outcome: 'later' } : { outcome: 'refused', error };
}
