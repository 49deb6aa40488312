import { Button, Textarea } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import type { AlertAct } from '../../api/alerts';
import { useAlertAct } from '../../api/useAlertAct';
import { isAnnounced, isUnacknowledged, useAcknowledge, useAckProgress } from '../../api/useAlerts';
import { useRights } from '../../api/useSession';
import { Fault } from '../../widgets/Fault';
import styles from './AlertDrawer.module.css';
import { nextAct } from './alert-acts';

const ShelveDialog = lazy(() => import('./ShelveDialog'));
const ReasonDialog = lazy(() => import('../../widgets/ReasonDialog'));

/** Everything that may be done about an alert in its present state, by this person. */
export function DrawerActs({ alert }: { alert: AlertDto }) {
  const { handleAlerts, maintain } = useRights();
  const [comment, setComment] = useState('');
  const [dialog, setDialog] = useState<'shelve' | 'out-of-service'>();
  const acknowledge = useAcknowledge();
  const progress = useAckProgress(alert.id);
  const { busy, error, run } = useAlertAct();
  const next = nextAct(alert, maintain);
  const mayResolve = isAnnounced(alert) || alert.state === 'shelved';
  const mayRemove = maintain && !alert.resolved && alert.state !== 'outOfService' && alert.alert_type !== 'MANUAL';
  if (!handleAlerts || !(next || mayResolve || mayRemove)) return null;

  const said = comment.trim() ? { comment: comment.trim() } : {};
  const act = async (wish: AlertAct) => {
    const done = await run([alert], wish);
    if (done.length > 0) {
      setComment('');
      setDialog(undefined);
    }
  };
  const doNext = () => {
    if (!next) return;
    if (next.verb !== 'acknowledge') void act({ verb: next.verb, ...said });
    else {
      acknowledge([alert], comment);
      setComment('');
    }
  };
  return (
    <div className={styles.acts}>
      {(next || mayResolve) && (
        <Textarea
          label="Comment"
          description="Optional, kept with the act"
          maxLength={500}
          minRows={2}
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      {progress === 'waiting' && <p>Acknowledged here. It is delivered when the connection is back.</p>}
      <div className={styles.buttons}>
        {next && (
          <Button
            data-action={next.verb}
            loading={busy || progress === 'sending'}
            disabled={progress === 'waiting'}
            onClick={doNext}
          >
            {next.words}
          </Button>
        )}
        {isAnnounced(alert) && (
          <Button variant="default" data-action="shelve" onClick={() => setDialog('shelve')}>
            Shelve…
          </Button>
        )}
        {mayResolve && (
          <Button
            variant="default"
            data-action="resolve"
            disabled={busy}
            onClick={() => void act({ verb: 'resolve', ...said })}
            title={
              isUnacknowledged(alert)
                ? 'Acknowledges and closes; refused while the condition still holds'
                : 'Closes it; refused while the condition still holds'
            }
          >
            Resolve
          </Button>
        )}
        {mayRemove && (
          <Button variant="default" data-action="out-of-service" onClick={() => setDialog('out-of-service')}>
            Out of service…
          </Button>
        )}
      </div>
      {!dialog && <Fault>{error?.message}</Fault>}
      <Suspense fallback={null}>
        {dialog === 'shelve' && <ShelveDialog alerts={[alert]} onClose={() => setDialog(undefined)} />}
        {dialog === 'out-of-service' && (
          <ReasonDialog
            title="Take the alert out of service"
            act="Take out of service"
            busy={busy}
            error={error}
            onSubmit={(reason) => void act({ verb: 'out-of-service', reason })}
            onClose={() => setDialog(undefined)}
          >
            <p>{alert.message}</p>
            <p className="dim">Nobody is told of it until a manager returns it to service. It is still recorded.</p>
          </ReasonDialog>
        )}
      </Suspense>
    </div>
  );
}
