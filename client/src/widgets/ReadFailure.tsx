import { Button } from '@mantine/core';
import { messageOf } from '../api/problem';
import { PageState } from './PageState';

export interface ReadFailureProps {
  title: string;
  error: unknown;
  onRetry: () => void;
}

/** Something could not be read: why, and another attempt. */
export function ReadFailure({ title, error, onRetry }: ReadFailureProps) {
  return (
    <PageState title={title} detail={messageOf(error)}>
      <Button onClick={onRetry}>Try again</Button>
    </PageState>
  );
}
