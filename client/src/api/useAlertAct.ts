import { useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { ALARM_STATE_WORDS } from '../widgets/words';
import { alertFeed } from './alert-cache';
import { type AlertAct, actOnAlert, fetchAlert, newKey } from './alerts';
import { messageOf, ProblemError } from './problem';

const MOST_AT_ONCE = 4;

/** Keys of wishes whose answer never came: the same wish again is the same request. */
const unanswered = new Map<string, string>();

/**
 * Does an act to each of the alerts, a few at once.
 * @returns those it was done to, and why it was not done to the others; another call for these repeats nothing that was done
 */
export async function actOnEach(
  alerts: readonly AlertDto[],
  act: AlertAct,
): Promise<{ done: AlertDto[]; error: Error | undefined }> {
  const done: AlertDto[] = [];
  const failures: string[] = [];
  const waiting = [...alerts];
  const work = async () => {
    for (let alert = waiting.shift(); alert; alert = waiting.shift()) {
      try {
        done.push(await perform(alert, act));
      } catch (failure) {
        failures.push(await reasonOf(alert, failure));
      }
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
  return { done, error: failures.length > 0 ? new Error(wordsOf(failures, alerts.length)) : undefined };
}

export interface AlertActing {
  busy: boolean;
  /** why the last attempt failed for some or all */
  error: Error | undefined;
  /** as `actOnEach`. @returns those it was done to */
  run: (alerts: readonly AlertDto[], act: AlertAct) => Promise<AlertDto[]>;
}

/** Acts on alerts for a dialog, which shows how they go. */
export function useAlertAct(): AlertActing {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (alerts: readonly AlertDto[], act: AlertAct): Promise<AlertDto[]> => {
    setBusy(true);
    setError(undefined);
    const outcome = await actOnEach(alerts, act);
    setError(outcome.error);
    setBusy(false);
    return outcome.done;
  };
  return { busy, error, run };
}

async function perform(alert: AlertDto, act: AlertAct): Promise<AlertDto> {
  const wish = `${alert.id} ${JSON.stringify(act)}`;
  const key = unanswered.get(wish) ?? newKey();
  unanswered.set(wish, key);
  try {
    const after = await actOnAlert(alert.id, act, key);
    alertFeed.take(after);
    unanswered.delete(wish);
    return after;
  } catch (failure) {
    if (failure instanceof ProblemError && failure.status < 500) unanswered.delete(wish);
    throw failure;
  }
}

/** Why it failed; where somebody else was first, who and what. */
async function reasonOf(alert: AlertDto, failure: unknown): Promise<string> {
  if (!(failure instanceof ProblemError && failure.status === 409)) return messageOf(failure);
  const now = await fetchAlert(alert.id).catch(() => undefined);
  if (!now) return messageOf(failure);
  alertFeed.take(now);
  if (now.state === alert.state) return messageOf(failure);
  const who = now.silenced?.by ?? now.acknowledgedBy;
  return `It has changed meanwhile: ${ALARM_STATE_WORDS[now.state].toLowerCase()}${who ? ` by ${who}` : ''}.`;
}

function wordsOf(failures: readonly string[], all: number): string {
  const reasons = [...new Set(failures)].slice(0, 3).join(' ');
  return all === 1 ? reasons : `Not done for ${failures.length} of ${all}. ${reasons}`;
}
