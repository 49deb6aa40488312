import { ActionIcon } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import styles from './Notices.module.css';
import { dismiss, noticeStore } from './notice-store';

/** What came of the last acts, read out by screen readers too. */
export function Notices() {
  const notices = useStore(noticeStore, (state) => state.notices);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {notices.map(({ id, tone, text }) => (
        <div key={id} className={styles.notice} data-tone={tone}>
          {tone === 'problem' ? <IconAlertCircle aria-label="Problem" /> : <IconCheck aria-hidden />}
          <span>{text}</span>
          <ActionIcon variant="subtle" color="gray" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <IconX size={20} />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
