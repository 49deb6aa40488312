import { Button, type ButtonProps } from '@mantine/core';
import type { AlertDto } from '#domain/contract/alert.js';
import { isUnacknowledged, useAcknowledge, useAckProgress } from '../api/useAlerts';
import { useRights } from '../api/useSession';

/** Acknowledges one alert in place, wherever it is shown. Nothing where nobody has to, or this person may not. */
export function AcknowledgeButton({ alert, ...looks }: { alert: AlertDto } & ButtonProps) {
  const { handleAlerts } = useRights();
  const acknowledge = useAcknowledge();
  const progress = useAckProgress(alert.id);
  if (!handleAlerts || !isUnacknowledged(alert)) return null;
  return (
    <Button
      size="compact-md"
      {...looks}
      data-action="acknowledge"
      aria-label={`Acknowledge: ${alert.message}`}
      loading={progress === 'sending'}
      disabled={progress === 'waiting'}
      title={progress === 'waiting' ? 'Waits for the connection' : undefined}
      onClick={() => acknowledge([alert])}
    >
      Acknowledge
    </Button>
  );
}
