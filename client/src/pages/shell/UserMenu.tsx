import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { signOut } from '../../api/session';
import { useUser } from '../../api/useSession';
import { notify } from '../../widgets/notice-store';
import styles from './UserMenu.module.css';

/** Who is signed in, and the way out. */
export function UserMenu() {
  const user = useUser();
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      notify({ tone: 'problem', text: `You are still signed in. ${messageOf(error)}` });
      return;
    }
    navigate('/login');
    cache.clear();
    cache.setQueryData(keys.me, null);
  };
  return (
    <div className={styles.user} title={user.employeeId}>
      <span className={styles.name}>
        {user.userID}
        <span className="dim"> {user.userType}</span>
      </span>
      <ActionIcon variant="subtle" color="gray" size="lg" onClick={leave} aria-label="Sign out" title="Sign out">
        <IconLogout size={20} />
      </ActionIcon>
    </div>
  );
}
