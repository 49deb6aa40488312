import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import { releaseLathe } from '../api/alerts';
import { keys } from '../api/keys';
import { useRights } from '../api/useSession';
import { notify } from './notice-store';
import styles from './ReleaseLathe.module.css';

const ReasonDialog = lazy(() => import('./ReasonDialog'));

/** Says that a critical stop has locked the lathe and what ends that; managers may release it, with a reason. */
export function ReleaseLathe({ lathe }: { lathe: LatheDto }) {
  const { maintain } = useRights();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const release = useMutation({
    mutationFn: (reason: string) => releaseLathe(lathe.id, reason),
    onSuccess: () => {
      notify({ tone: 'done', text: `${lathe.name} is released.` });
      setAsking(false);
      void cache.invalidateQueries({ queryKey: keys.lathes });
    },
  });
  if (!lathe.locked) return null;
  return (
    <div className={styles.lock} data-locked={lathe.id}>
      <p>
        <strong>{lathe.name} is locked by a critical stop.</strong> It opens when maintenance has been done
        {maintain ? ', or when you release it.' : ', or when a manager releases it.'}
      </p>
      {maintain && (
        <Button variant="default" data-action="release" onClick={() => setAsking(true)}>
          Release…
        </Button>
      )}
      {asking && (
        <Suspense fallback={null}>
          <ReasonDialog
            title={`Release ${lathe.name}`}
            act="Release"
            busy={release.isPending}
            error={release.error}
            onSubmit={release.mutate}
            onClose={() => setAsking(false)}
          >
            <p>Jobs can start on it again at once, without maintenance. Your name and reason are kept.</p>
          </ReasonDialog>
        </Suspense>
      )}
    </div>
  );
}
