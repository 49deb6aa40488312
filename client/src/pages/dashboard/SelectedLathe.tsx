import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useWaitingAlerts } from '../../api/useAlerts';
import { useLathe } from '../../api/useLathes';
import { sceneStore, useScene } from '../../live/scene-store';
import { AcknowledgeButton } from '../../widgets/AcknowledgeButton';
import { HealthBadge } from '../../widgets/HealthBadge';
import { LiveValue } from '../../widgets/LiveValue';
import { PriorityMark } from '../../widgets/PriorityMark';
import { StatusBadge } from '../../widgets/StatusBadge';
import styles from './SelectedLathe.module.css';

/** What is known of the lathe picked in the scene, over its lower edge. */
export function SelectedLathe() {
  const selectedId = useScene((scene) => scene.selectedId);
  const lathe = useLathe(selectedId ?? '');
  const alert = useWaitingAlerts().find(({ lathe_id }) => lathe_id === selectedId);
  if (!lathe) return null;
  const { id, name, status, healthBand } = lathe;
  return (
    <div className={styles.strip}>
      {alert && (
        <p className={styles.alert}>
          <PriorityMark priority={alert.priority} flash size={22} />
          <span>{alert.message}</span>
          <AcknowledgeButton alert={alert} />
        </p>
      )}
      <strong>{name}</strong>
      <StatusBadge status={status} />
      <HealthBadge band={healthBand} latheId={id} />
      <LiveValue latheId={id} channel="rpm" />
      <LiveValue latheId={id} channel="processTemperature" />
      <span className={styles.acts}>
        <Button component={Link} href={`/lathes/${id}`} size="compact-md">
          Open
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Clear the selection"
          onClick={() => sceneStore.getState().select(undefined)}
        >
          <IconX size={20} />
        </ActionIcon>
      </span>
    </div>
  );
}
