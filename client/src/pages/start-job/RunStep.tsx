import { NativeSelect, TextInput } from '@mantine/core';
import { minutesWords } from '../../widgets/words';
import type { JobDraft } from './job-draft';
import styles from './StartJobDialog.module.css';

export interface RunStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  /** something is running on the lathe now */
  busy: boolean;
}

const TIME_SCALES = [1, 2, 5, 10, 20, 50, 100];

/** How long, how fast, and what to call it. */
export function RunStep({ draft, onChange, busy }: RunStepProps) {
  const minutes = Number(draft.minutes);
  const fault = minutes > 0 ? undefined : 'The time is a number of minutes above 0.';
  return (
    <>
      <div className={styles.pair}>
        <TextInput
          type="number"
          inputMode="decimal"
          name="estimatedTime"
          label="Time, min of machine time"
          min={0}
          step={1}
          value={draft.minutes}
          onChange={(event) => onChange({ ...draft, minutes: event.currentTarget.value })}
          error={fault}
        />
        <NativeSelect
          label="Machine clock"
          value={String(draft.timeScale)}
          onChange={(event) => onChange({ ...draft, timeScale: Number(event.currentTarget.value) })}
          data={TIME_SCALES.map((scale) => ({
            value: String(scale),
            label: scale === 1 ? 'Real time' : `${scale} times faster`,
          }))}
        />
      </div>
      {!fault && <p className="dim">Runs for {minutesWords(minutes / draft.timeScale)} by the clock on the wall.</p>}
      <TextInput
        label="Description"
        description="Optional"
        maxLength={500}
        value={draft.description}
        onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
      />
      {(busy || draft.queue) && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.queue}
            onChange={(event) => onChange({ ...draft, queue: event.currentTarget.checked })}
          />
          <span>The lathe is running. Queue this job behind the present one.</span>
        </label>
      )}
    </>
  );
}
