import type { AlertDto } from '#domain/contract/alert.js';
import { isUnacknowledged } from '../../api/alert-order';
import type { AlertAct } from '../../api/alerts';

export type PlainVerb = Extract<AlertAct, { comment?: string }>['verb'];

export interface PlainAct {
  verb: PlainVerb;
  words: string;
}

/** What is to be done next about an alert, where that needs nothing said; undefined where nobody, or not this person, has to. */
export function nextAct(alert: AlertDto, isManager: boolean): PlainAct | undefined {
  if (isUnacknowledged(alert)) return { verb: 'acknowledge', words: 'Acknowledge' };
  if (alert.state === 'latchedAcknowledged') return { verb: 'reset', words: 'Reset' };
  if (alert.state === 'shelved') return { verb: 'unshelve', words: 'Unshelve' };
  if (alert.state === 'outOfService' && isManager) return { verb: 'return-to-service', words: 'Return to service' };
  return undefined;
}
