import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import type { JobDto } from '#domain/contract/job.js';
import { MATERIALS } from '#domain/machining/materials.js';
import { TOOLS } from '#domain/machining/tools.js';
import { startJob } from '../../api/jobs';
import { keys } from '../../api/keys';
import { fetchMaterials, fetchTools } from '../../api/library';
import { messageOf } from '../../api/problem';
import { useLathe } from '../../api/useLathes';
import { Fault } from '../../widgets/Fault';
import { notify } from '../../widgets/notice-store';
import { CutStep } from './CutStep';
import { draftOf, type JobDraft, jobOf, NEW_DRAFT, previewOf } from './job-draft';
import { fieldsOfSteps, labelOf, refusedFields } from './job-faults';
import { PreviewPanel } from './PreviewPanel';
import { RunStep } from './RunStep';
import styles from './StartJobDialog.module.css';
import { WorkStep } from './WorkStep';

export interface StartJobDialogProps {
  latheId: string;
  repeat?: JobDto | undefined;
  queue: boolean;
  onClose: () => void;
}

const STEPS = ['Work', 'Cut', 'Run'] as const;

/** A job in three steps. The preview beside them is computed here by the same rules as the server's. */
export default function StartJobDialog({ latheId, repeat, queue, onClose }: StartJobDialogProps) {
  const cache = useQueryClient();
  const lathe = useLathe(latheId);
  const tools = useQuery({ queryKey: keys.tools, queryFn: fetchTools }).data ?? TOOLS;
  const materials = useQuery({ queryKey: keys.materials, queryFn: fetchMaterials }).data ?? MATERIALS;
  const [draft, setDraft] = useState(() => ({ ...(repeat ? draftOf(repeat) : NEW_DRAFT), queue }));
  const [step, setStep] = useState(repeat ? 2 : 0);
  const planned = useMemo(
    () => lathe && previewOf(draft, { tools, materials }, lathe.limits),
    [draft, tools, materials, lathe],
  );
  const start = useMutation({
    mutationFn: (asked: JobDraft) => startJob(jobOf(asked, latheId)),
    onSuccess: (job) => {
      void cache.invalidateQueries({ queryKey: ['jobs'] });
      void cache.invalidateQueries({ queryKey: keys.lathes });
      notify({
        tone: 'done',
        text: `${job.JobID} ${job.Status === 'Queued' ? 'is queued' : 'starts'} on ${lathe?.name ?? latheId}.`,
      });
      onClose();
    },
  });
  if (!lathe || !planned) return null;

  const last = step === STEPS.length - 1;
  const possible = planned.faults.size === 0;
  // what the server refused of this very draft stands at its field too: it knows of broken tools
  const refused = start.variables === draft ? refusedFields(start.error) : new Map();
  const preview = { ...planned, faults: new Map([...planned.faults, ...refused]) };
  const fields = fieldsOfSteps(draft, preview.parameters.mode ?? 'constantRpm');
  const paths = [...preview.faults.keys()];
  const homeless = [...preview.faults].filter(([path]) => !fields.some((step) => step.includes(path)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!last) setStep(step + 1);
    else if (possible) start.mutate(draft);
  };

  return (
    <Modal opened onClose={onClose} title={`${repeat ? 'Repeat a job' : 'Start a job'} on ${lathe.name}`} size="62rem">
      <form className={styles.form} onSubmit={submit} noValidate>
        <ol className={styles.steps}>
          {STEPS.map((name, index) => (
            <li key={name}>
              <button type="button" aria-current={index === step ? 'step' : undefined} onClick={() => setStep(index)}>
                <span className={styles.number}>{index + 1}</span>
                {name}
                <FaultCount count={paths.filter((path) => fields[index]?.includes(path)).length} />
              </button>
            </li>
          ))}
        </ol>
        <div className={styles.body}>
          <div className={styles.fields}>
            {homeless.map(([path, message]) => (
              <Fault key={path}>{`${labelOf(path, draft)}: ${message}`}</Fault>
            ))}
            {step === 0 && (
              <WorkStep draft={draft} onChange={setDraft} tools={tools} materials={materials} preview={preview} />
            )}
            {step === 1 && <CutStep draft={draft} onChange={setDraft} preview={preview} />}
            {step === 2 && (
              <RunStep draft={draft} onChange={setDraft} preview={preview} busy={lathe.status === 'running'} />
            )}
          </div>
          <PreviewPanel preview={preview} draft={draft} beside={fields[step] ?? []} />
        </div>
        <Fault>{start.isError && start.variables === draft ? messageOf(start.error) : null}</Fault>
        <footer className={styles.foot}>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <span className={styles.gap} />
          {step > 0 && (
            <Button variant="default" onClick={() => setStep(step - 1)}>
              Back
            </Button>
          )}
          <Button
            type="submit"
            loading={start.isPending}
            disabled={last && !possible}
            data-action={last ? 'confirm-start' : 'next'}
          >
            {last ? (draft.queue ? 'Queue job' : 'Start job') : 'Next'}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}

/** How many fields of a step cannot be as they are. */
function FaultCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={styles.count}>
      {count}
      <span className="visually-hidden"> to put right</span>
    </span>
  );
}
