import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { PageState } from '../widgets/PageState';

export function NotFoundPage() {
  const [path] = useLocation();
  return (
    <PageState
      icon={<IconMapPinOff size={40} stroke={1.5} aria-hidden />}
      title="There is no page here"
      detail={`Nothing stands at ${path}. The address may be mistyped, or the page belongs to another version.`}
    >
      <Button component={Link} href="/dashboard">
        To the floor
      </Button>
    </PageState>
  );
}
