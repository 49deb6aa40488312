import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useUser } from '../api/useSession';
import { PageState } from './PageState';

/** Shows what it holds to managers, and to everybody else where they may go instead. */
export function ForManagers({ children }: { children: ReactNode }) {
  const user = useUser();
  if (user.userType === 'manager') return children;
  return (
    <PageState
      icon={<IconLock size={40} stroke={1.5} aria-hidden />}
      title="For managers"
      detail={`${user.userID} is signed in as ${user.userType}.`}
    >
      <Button component={Link} href="/dashboard">
        To the floor
      </Button>
    </PageState>
  );
}
