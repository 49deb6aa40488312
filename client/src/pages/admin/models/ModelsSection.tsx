import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { RegisteredModelDto } from '#domain/contract/prediction-model.js';
import { activateModel, challengeWith, fetchModels, modelKeys, rollBackModel } from '../../../api/models';
import { messageOf } from '../../../api/problem';
import { notify } from '../../../widgets/notice-store';
import { PageLoading } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { AdminPage } from '../AdminPage';
import { Comparison } from './Comparison';
import { Drift } from './Drift';
import styles from './Models.module.css';
import { nameOf } from './model-words';
import { ScoreBoard } from './ScoreBoard';
import { Trainings } from './Trainings';
import { VersionsTable } from './VersionsTable';

const ConfirmDialog = lazy(() => import('../../../widgets/ConfirmDialog'));

type Asked = { act: 'activate'; model: RegisteredModelDto } | { act: 'rollBack' };

/** Models that judge the lathes: which there are, how good they are, and which one is heard. */
export function ModelsSection() {
  return (
    <AdminPage>
      <Models />
    </AdminPage>
  );
}

function Models() {
  const cache = useQueryClient();
  const list = useQuery({ queryKey: modelKeys.list, queryFn: fetchModels });
  const [asked, setAsked] = useState<Asked | null>(null);
  const settle = { onSettled: () => cache.invalidateQueries({ queryKey: ['models'] }) };
  const failed = (error: unknown) => notify({ tone: 'problem', text: messageOf(error) });
  const change = useMutation({
    mutationFn: (act: Asked) => (act.act === 'activate' ? activateModel(act.model) : rollBackModel()),
    onSuccess: (model) => notify({ tone: 'done', text: `${nameOf(model)} judges the lathes now.` }),
    onError: failed,
    ...settle,
  });
  const challenge = useMutation({ mutationFn: challengeWith, onError: failed, ...settle });
  if (list.isPending) return <PageLoading what="Reading the models" />;
  if (!list.data) {
    return <ReadFailure title="The models could not be read" error={list.error} onRetry={() => void list.refetch()} />;
  }
  const models = list.data;
  const active = models.find((model) => model.active);
  const ofLathes = models.filter((model) => model.forLathes);
  const confirm = () => {
    if (asked) change.mutate(asked, { onSettled: () => setAsked(null) });
  };
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>Models</h1>
        <Button
          variant="default"
          data-action="roll-back"
          disabled={!active}
          onClick={() => setAsked({ act: 'rollBack' })}
        >
          Roll back
        </Button>
      </header>
      <p role="status" data-active-model={active ? nameOf(active) : ''}>
        {active
          ? `${nameOf(active)} judges the lathes.`
          : 'No model is active: the lathes are judged by the physical model.'}
      </p>
      <VersionsTable
        models={models}
        busy={change.isPending || challenge.isPending}
        onActivate={(model) => setAsked({ act: 'activate', model })}
        onChallenge={(model) => challenge.mutate(model)}
      />
      <Trainings />
      {ofLathes.length > 1 && <Comparison models={ofLathes} />}
      <ScoreBoard />
      {active && <Drift model={active} />}
      {asked && (
        <Suspense fallback={null}>
          <ConfirmDialog
            title={asked.act === 'activate' ? `Activate ${nameOf(asked.model)}?` : 'Roll back?'}
            act={asked.act === 'activate' ? 'Activate' : 'Roll back'}
            busy={change.isPending}
            onConfirm={confirm}
            onClose={() => setAsked(null)}
          >
            {asked.act === 'activate'
              ? 'From its next tick on every lathe is judged by this model. You can roll back at any time.'
              : 'The model that was active before judges the lathes again from the next tick on.'}
          </ConfirmDialog>
        </Suspense>
      )}
    </div>
  );
}
