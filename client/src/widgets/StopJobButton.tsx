import { Button, type ButtonProps } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { JobDto } from '#domain/contract/job.js';
import { stopJob } from '../api/jobs';
import { messageOf } from '../api/problem';
import { useLatheName } from '../api/useLathes';
import { notify } from './notice-store';

const ConfirmDialog = lazy(() => import('./ConfirmDialog'));

export interface StopJobButtonProps extends ButtonProps {
  job: Pick<JobDto, 'JobID' | 'latheId' | 'Status'>;
}

/** Stops a running or queued job after asking. */
export function StopJobButton({ job, ...button }: StopJobButtonProps) {
  const cache = useQueryClient();
  const latheName = useLatheName(job.latheId);
  const [asking, setAsking] = useState(false);
  const stop = useMutation({
    mutationFn: () => stopJob(job.JobID),
    onSuccess: () => notify({ tone: 'done', text: `${job.JobID} stops.` }),
    onError: (error) => notify({ tone: 'problem', text: messageOf(error) }),
    onSettled: () => {
      setAsking(false);
      void cache.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const queued = job.Status === 'Queued';
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={18} aria-hidden />}
        {...button}
        data-action="stop-job"
        onClick={() => setAsking(true)}
      >
        {queued ? 'Cancel' : 'Stop job'}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <ConfirmDialog
            title={queued ? `Take ${job.JobID} out of the queue?` : `Stop ${job.JobID} on ${latheName}?`}
            act={queued ? 'Take it out' : 'Stop the job'}
            busy={stop.isPending}
            onConfirm={() => stop.mutate()}
            onClose={() => setAsking(false)}
          >
            {queued
              ? 'It will not run. It stays in the history as cancelled.'
              : 'The spindle stops and the job ends as cancelled. What was measured so far is kept.'}
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
