import type { HealthBand } from '#domain/contract/enums.js';
import styles from './Badges.module.css';
import { HealthShape } from './HealthShape';
import { LiveValue } from './LiveValue';
import { BAND_WORDS } from './words';

export interface HealthBadgeProps {
  band: HealthBand;
  /** adds the live figure in percent */
  latheId?: string;
}

/** Health as shape, colour and word. */
export function HealthBadge({ band, latheId }: HealthBadgeProps) {
  return (
    <span className={styles.health} data-band={band}>
      <HealthShape band={band} />
      <span>{BAND_WORDS[band]}</span>
      {latheId && band !== 'unknown' && <LiveValue latheId={latheId} channel="health" />}
    </span>
  );
}
