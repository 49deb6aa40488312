import type { AlertDto } from '#domain/contract/alert.js';
import { messageOf } from '../../api/problem';
import { actOnEach } from '../../api/useAlertAct';
import { useAcknowledge } from '../../api/useAlerts';
import { notify } from '../../widgets/notice-store';
import type { PlainVerb } from './alert-acts';

/** Acts that need nothing said. Acknowledging is kept and delivered; the others are done now or fail with a notice. */
export function usePlainActs(): (alerts: readonly AlertDto[], verb: PlainVerb) => void {
  const acknowledge = useAcknowledge();
  return (alerts, verb) => {
    if (verb === 'acknowledge') acknowledge(alerts);
    else
      void actOnEach(alerts, { verb }).then(({ error }) => {
        if (error) notify({ tone: 'problem', text: messageOf(error) });
      });
  };
}
