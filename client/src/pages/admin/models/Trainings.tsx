import '@mantine/core/styles/Progress.css';
import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { TrainingDto } from '#domain/contract/prediction-model.js';
import { cancelTraining, fetchTrainings, modelKeys } from '../../../api/models';
import { messageOf } from '../../../api/problem';
import { notify } from '../../../widgets/notice-store';
import { PageLoading } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { Since } from '../../../widgets/TimeStamp';
import styles from './Models.module.css';
import { TRAINING_WORDS } from './model-words';

const TrainDialog = lazy(() => import('./TrainDialog'));

const SHOWN = 5;

/** Trainings under way and those of late; the way to a new one. */
export function Trainings() {
  const list = useQuery({ queryKey: modelKeys.trainings, queryFn: fetchTrainings });
  const [asking, setAsking] = useState(false);
  const isUnderWay = list.data?.some(({ state }) => state === 'queued' || state === 'running') ?? false;
  return (
    <section className={styles.section} aria-label="Training">
      <header className={styles.head}>
        <h2>Training</h2>
        <Button data-action="train" disabled={!list.data || isUnderWay} onClick={() => setAsking(true)}>
          Train a new version
        </Button>
      </header>
      {list.isPending ? (
        <PageLoading what="Reading the trainings" />
      ) : !list.data ? (
        <ReadFailure title="The trainings could not be read" error={list.error} onRetry={() => void list.refetch()} />
      ) : list.data.length === 0 ? (
        <p className="dim">Nothing was trained here yet.</p>
      ) : (
        list.data.slice(0, SHOWN).map((training) => <Training key={training.trainingId} training={training} />)
      )}
      {asking && (
        <Suspense fallback={null}>
          <TrainDialog onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Training({ training }: { training: TrainingDto }) {
  const cache = useQueryClient();
  const cancel = useMutation({
    mutationFn: cancelTraining,
    onError: (error) => notify({ tone: 'problem', text: messageOf(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: modelKeys.trainings }),
  });
  const { trainingId, name, version, state, stage, progress, rows, failures, requestedBy, requestedAt, problem } =
    training;
  const isUnderWay = state === 'queued' || state === 'running';
  return (
    <div className={styles.training} data-training={trainingId} data-state={state} data-progress={progress.toFixed(2)}>
      <p>
        <strong>{TRAINING_WORDS[state]}</strong>
        {version ? `: ${name} ${version}` : `: ${name}`}
        <span className="dim">
          {' '}
          · {requestedBy}, <Since iso={requestedAt} />
          {rows !== null && ` · ${rows} rows, ${failures} failures`}
        </span>
      </p>
      {problem && <p className={styles.problem}>{problem}</p>}
      {isUnderWay && (
        <div className={styles.progress}>
          <Progress value={100 * progress} aria-label={stage} />
          <span className="figure">{Math.round(100 * progress)} %</span>
          <Button
            size="compact-md"
            variant="default"
            data-action="cancel-training"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(trainingId)}
          >
            Call off
          </Button>
          <span className="dim">{stage}</span>
        </div>
      )}
    </div>
  );
}
