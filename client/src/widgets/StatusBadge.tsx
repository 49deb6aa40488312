import { IconLock, IconPlugX, IconTool } from '@tabler/icons-react';
import type { LatheStatus } from '#domain/contract/enums.js';
import styles from './Badges.module.css';
import { STATUS_WORDS } from './words';

/** What a lathe does: running is told by motion and a light fill, so that colour stays free for what is wrong. */
export function StatusBadge({ status }: { status: LatheStatus }) {
  return (
    <span className={styles.status} data-kind={status}>
      {status === 'running' && <TurningChuck />}
      {status === 'maintenance' && <IconTool size={18} stroke={1.75} aria-hidden />}
      {status === 'alarm' && <IconLock size={18} stroke={2} aria-hidden />}
      {status === 'offline' && <IconPlugX size={18} stroke={1.75} aria-hidden />}
      <span>{STATUS_WORDS[status]}</span>
    </span>
  );
}

function TurningChuck() {
  return (
    <svg className={styles.chuck} width="16" height="16" viewBox="0 0 16 16" aria-hidden>
      <g fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round">
        <circle cx="8" cy="8" r="6.6" />
        <path d="M8 1.6V5M2.5 11.2l2.9-1.7M13.5 11.2l-2.9-1.7" />
      </g>
    </svg>
  );
}
