import { Button, Menu } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { signOut } from '../../api/session';
import { useUser } from '../../api/useSession';
import { notify } from '../../widgets/notice-store';
import styles from './UserMenu.module.css';

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
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="subtle" color="gray" px="xs" leftSection={<IconUser size={20} />} className={styles.button}>
          <span className={styles.name}>{user.userID}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.userID}, {user.userType}
          <br />
          {user.employeeId}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={20} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
