import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FAULT_TYPES, type FaultType } from '#domain/contract/enums.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { FormDialog } from '../../../widgets/FormDialog';
import { FIGURES } from '../../../widgets/figures';
import styles from './Faults.module.css';
import { type DraftTime, endsTheJob, faultOf, isPossible, NEW_FAULT, timeFault, withType } from './fault-draft';
import { FAULT_WORDS, isOfSensor } from './fault-words';
import { useInjection } from './useFaults';

export interface InjectFaultDialogProps {
  latheName: string;
  jobId: string;
  timeScale: number;
  onClose: () => void;
}

const MACHINE = FAULT_TYPES.filter((type) => !isOfSensor(type));
const SENSOR = FAULT_TYPES.filter(isOfSensor);
const optionsOf = (types: readonly FaultType[]) =>
  types.map((type) => ({ value: type, label: FAULT_WORDS[type].name }));

/** Chooses a fault, how strong, how quickly and for how long. */
export default function InjectFaultDialog({ latheName, jobId, timeScale, onClose }: InjectFaultDialogProps) {
  const [draft, setDraft] = useState(NEW_FAULT);
  const injection = useInjection(jobId, onClose);
  const words = FAULT_WORDS[draft.type];
  const breaks = endsTheJob(draft);
  const ramps = words.graded && draft.type !== 'toolBreakage' && !isOfSensor(draft.type);
  const time = (name: DraftTime, label: string, placeholder: string) => (
    <TextInput
      name={name}
      inputMode="decimal"
      label={label}
      placeholder={placeholder}
      value={draft[name]}
      onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      error={timeFault(draft, name)}
    />
  );
  return (
    <FormDialog
      title={`Inject a fault on ${latheName}`}
      act={breaks ? 'Break the tool' : 'Inject'}
      danger={breaks}
      possible={isPossible(draft)}
      busy={injection.isPending}
      error={injection.error}
      onSubmit={() => injection.mutate(faultOf(draft))}
      onClose={onClose}
    >
      <p className={styles.note}>
        This is a simulation exercise. It changes the simulated machine of {jobId} alone, is marked wherever its values
        are shown, and alerts that it causes are real ones in the list.
      </p>
      <NativeSelect
        label="Fault"
        name="type"
        data-autofocus
        value={draft.type}
        onChange={(event) => setDraft(withType(draft, event.currentTarget.value as FaultType))}
        data={[
          { group: 'Of the machine', items: optionsOf(MACHINE) },
          { group: 'Of a sensor', items: optionsOf(SENSOR) },
        ]}
      />
      <p>
        {words.shows} <span className="dim">{words.full}</span>
      </p>
      {isOfSensor(draft.type) && (
        <NativeSelect
          label="Sensor"
          name="channel"
          value={draft.channel}
          onChange={(event) => setDraft({ ...draft, channel: event.currentTarget.value as ChannelName })}
          data={CHANNEL_NAMES.map((value) => ({ value, label: FIGURES[value].label }))}
        />
      )}
      {words.graded && (
        <label className={styles.slider}>
          <span>
            Severity <strong className="figure">{draft.severity} %</strong>
          </span>
          <input
            type="range"
            name="severity"
            min={0}
            max={100}
            step={5}
            value={draft.severity}
            aria-valuetext={`${draft.severity} %`}
            onChange={(event) => setDraft({ ...draft, severity: Number(event.currentTarget.value) })}
          />
        </label>
      )}
      <div className={styles.times}>
        {time('after', 'Begins in, min', 'at once')}
        {ramps && time('ramp', 'Full after, min', 'at once')}
        {time('duration', 'Lasts, min', 'until ended')}
      </div>
      {timeScale > 1 && (
        <p className="dim">
          Minutes are those of the machine’s clock, which runs {timeScale} times as fast as the wall’s.
        </p>
      )}
      {breaks && <p className={styles.note}>The job will fail, and the tool must be replaced before the next one.</p>}
    </FormDialog>
  );
}
