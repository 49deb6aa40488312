import type { AlertDto } from '#domain/contract/alert.js';
import { connectionStore } from '../live/connection-store';
import { pageTimers } from '../live/throttle';
import { notify } from '../widgets/notice-store';
import { AckOutbox } from './ack-outbox';
import { alertFeed } from './alert-cache';
import { fetchAlert, newKey } from './alerts';
import { deliverAck } from './deliver-ack';
import { messageOf } from './problem';

export const ackOutbox = new AckOutbox({
  storage: window.localStorage,
  timers: pageTimers,
  deliver: deliverAck,
  onSettled: (ack, delivery) => {
    if (delivery.outcome === 'done') {
      alertFeed.take(delivery.alert);
      const { acknowledgedBy, message } = delivery.alert;
      if (acknowledgedBy && acknowledgedBy !== ack.userID) {
        notify({ tone: 'done', text: `${acknowledgedBy} had acknowledged “${message}” already.` });
      }
      return;
    }
    notify({ tone: 'problem', text: `An alert was not acknowledged. ${messageOf(delivery.error)}` });
    void fetchAlert(ack.alertId).then(
      (alert) => alertFeed.take(alert),
      () => {}, // the list says on its own that it cannot be read
    );
  },
});

/** Acknowledges in the name of `userID`; where nobody answers, as soon as somebody does. */
export function acknowledgeAlerts(alerts: readonly AlertDto[], userID: string, comment?: string): void {
  const said = comment?.trim();
  ackOutbox.add(
    alerts.map(({ id, n }) => ({
      key: newKey(),
      userID,
      alertId: id,
      n,
      atMs: Date.now(),
      ...(said ? { comment: said } : {}),
    })),
  );
}

/** Delivers what this user acknowledges, and what is left over from before, while the user is signed in. @returns ends it */
export function startAcknowledging(userID: string): () => void {
  const deliver = () => ackOutbox.deliver();
  const onStorage = () => ackOutbox.reload();
  const unsubscribe = connectionStore.subscribe((now, before) => {
    if (now.state === 'live' && before.state !== 'live') deliver();
  });
  window.addEventListener('online', deliver);
  window.addEventListener('storage', onStorage);
  ackOutbox.open(userID);
  return () => {
    unsubscribe();
    window.removeEventListener('online', deliver);
    window.removeEventListener('storage', onStorage);
    ackOutbox.close();
  };
}
