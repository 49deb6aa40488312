import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useLathe } from '../../api/useLathes';
import { sceneStore, useScene } from '../../live/scene-store';
import { HealthBadge } from '../../widgets/HealthBadge';
import { LiveValue } from '../../widgets/LiveValue';
import { StatusBadge } from '../../widgets/StatusBadge';
import styles from './SelectedLathe.module.css';

/** What is known of the lathe picked in the scene, over its lower edge. */
export function SelectedLathe() {
  const selectedId = useScene((scene) => scene.selectedId);
  const lathe = useLathe(selectedId ?? '');
  if (!lathe) return null;
  const { id, name, status, healthBand } = lathe;
  return (
    <div className={styles.strip}>
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
