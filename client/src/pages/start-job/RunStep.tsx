import { NativeSelect, TextInput } from '@mantine/core';
import { CheckField } from '../../widgets/CheckField';
import { NumberField } from '../../widgets/NumberField';
import { numberOf } from '../../widgets/number-text';
import { minutesWords } from '../../widgets/words';
import type { JobDraft, JobPreview } from './job-draft';
import styles from './StartJobDialog.module.css';

export interface RunStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  preview: JobPreview;
  /** something is running on the lathe now */
  busy: boolean;
}

const TIME_SCALES = [1, 2, 5, 10, 20, 50, 100];

/** How long, how fast, and what to call it. */
export function RunStep({ draft, onChange, preview, busy }: RunStepProps) {
  const { faults } = preview;
  const minutes = numberOf(draft.minutes);
  const scales = TIME_SCALES.includes(draft.timeScale) ? TIME_SCALES : [...TIME_SCALES, draft.timeScale];
  return (
    <>
      <div className={styles.pair}>
        <NumberField
          name="estimatedTime"
          label="Time, min of machine time"
          step={1}
          value={draft.minutes}
          onChange={(text) => onChange({ ...draft, minutes: text })}
          error={faults.get('estimatedTime')}
        />
        <NativeSelect
          label="Machine clock"
          name="timeScale"
          value={String(draft.timeScale)}
          onChange={(event) => onChange({ ...draft, timeScale: Number(event.currentTarget.value) })}
          data={scales.map((scale) => ({
            value: String(scale),
            label: scale === 1 ? 'Real time' : `${scale} times faster`,
          }))}
          error={faults.get('timeScale')}
        />
      </div>
      {!faults.has('estimatedTime') && minutes !== undefined && (
        <p className="dim">Runs for {minutesWords(minutes / draft.timeScale)} by the clock on the wall.</p>
      )}
      <NumberField
        name="seed"
        label="Seed"
        description="Optional: the same seed on the same machine gives the same job again"
        placeholder="drawn at the start"
        step={1}
        value={draft.seed}
        onChange={(text) => onChange({ ...draft, seed: text })}
        error={faults.get('seed')}
      />
      <TextInput
        label="Description"
        description="Optional"
        name="description"
        maxLength={500}
        value={draft.description}
        onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
        error={faults.get('description')}
      />
      {(busy || draft.queue) && (
        <CheckField name="queue" checked={draft.queue} onChange={(queue) => onChange({ ...draft, queue })}>
          The lathe is running. Queue this job behind the present one.
        </CheckField>
      )}
    </>
  );
}
