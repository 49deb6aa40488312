import { NativeSelect, TextInput } from '@mantine/core';
import type { Coolant } from '#domain/machining/plan.js';
import { type JobDraft, type JobPreview, withMode, withText } from './job-draft';
import { CONSTANT_SURFACE_SPEED, parameterFields } from './parameter-fields';
import styles from './StartJobDialog.module.css';

export interface CutStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  preview: JobPreview;
}

/** Geometry, speed and feed. Every field stands at a sensible value; an emptied one returns to it. */
export function CutStep({ draft, onChange, preview }: CutStepProps) {
  const mode = preview.parameters.mode ?? 'constantRpm';
  return (
    <>
      {CONSTANT_SURFACE_SPEED.includes(draft.jobType) && (
        <NativeSelect
          label="Spindle"
          value={mode}
          onChange={(event) => onChange(withMode(draft, event.currentTarget.value as 'css' | 'constantRpm'))}
          data={[
            { value: 'css', label: 'Constant surface speed' },
            { value: 'constantRpm', label: 'Constant spindle speed' },
          ]}
        />
      )}
      <div className={styles.pair}>
        {parameterFields(draft.jobType, mode).map(({ name, label, unit, step }) => {
          const preset = preview.parameters[name];
          const shown = preset === undefined ? '' : String(Number(preset.toPrecision(4)));
          return (
            <TextInput
              key={name}
              type="number"
              inputMode="decimal"
              step={step}
              label={unit ? `${label}, ${unit}` : label}
              placeholder={shown}
              value={draft.texts[name] ?? shown}
              onChange={(event) => onChange(withText(draft, name, event.currentTarget.value))}
              error={preview.faults.get(`parameters.${name}`)}
            />
          );
        })}
        <NativeSelect
          label="Coolant"
          value={preview.parameters.coolant ?? 'flood'}
          onChange={(event) =>
            onChange({ ...draft, choices: { ...draft.choices, coolant: event.currentTarget.value as Coolant } })
          }
          data={[
            { value: 'flood', label: 'Flood' },
            { value: 'mist', label: 'Mist' },
            { value: 'dry', label: 'Dry' },
          ]}
        />
      </div>
    </>
  );
}
