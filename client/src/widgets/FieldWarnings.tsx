import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './Form.module.css';

/** What should be known of the value above, though it is allowed. */
export function FieldWarnings({ messages = [] }: { messages?: readonly string[] | undefined }) {
  return messages.map((message) => (
    <p key={message} className={styles.warning} data-warning>
      <IconAlertTriangle size={18} aria-label="Warning" />
      {message}
    </p>
  ));
}
