import { Button, type ButtonProps } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { JobDto } from '#domain/contract/job.js';

const StartJobDialog = lazy(() => import('./StartJobDialog'));

export interface StartJobButtonProps extends ButtonProps {
  latheId: string;
  /** the lathe is busy: wait in its queue */
  queue?: boolean;
  /** do the same again */
  repeat?: JobDto;
}

/** Opens the dialog that starts a job; the dialog and the machining rules in it load on the first press. */
export function StartJobButton({ latheId, repeat, queue = false, ...button }: StartJobButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        {...button}
        data-action="start-job"
        onClick={() => setOpen(true)}
      >
        {repeat ? 'Repeat' : queue ? 'Queue a job' : 'Start job'}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <StartJobDialog latheId={latheId} repeat={repeat} queue={queue} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
