import { NativeSelect } from '@mantine/core';
import type { CuttingParameters } from '#domain/contract/machining.js';
import { FieldWarnings } from '../../widgets/FieldWarnings';
import { NumberField } from '../../widgets/NumberField';
import { type JobDraft, type JobPreview, withMode, withText } from './job-draft';
import { CONSTANT_SURFACE_SPEED, parameterFields } from './parameter-fields';
import styles from './StartJobDialog.module.css';

export interface CutStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  preview: JobPreview;
}

type Choosable = 'coolant' | 'side' | 'infeed';
type Options = readonly { value: string; label: string }[];

const COOLANTS: Options = [
  { value: 'flood', label: 'Flood' },
  { value: 'mist', label: 'Mist' },
  { value: 'dry', label: 'Dry' },
];
const SIDES: Options = [
  { value: 'external', label: 'Outside' },
  { value: 'internal', label: 'Inside' },
];
const INFEEDS: Options = [
  { value: 'radial', label: 'Radial' },
  { value: 'flank', label: 'Along the flank' },
];

/** Geometry, speed and feed. Every field stands at a sensible value; an emptied one returns to it. */
export function CutStep({ draft, onChange, preview }: CutStepProps) {
  const { parameters, faults, warnings } = preview;
  const mode = parameters.mode ?? 'constantRpm';
  const choice = (name: Choosable, label: string, options: Options) => (
    <div>
      <NativeSelect
        label={label}
        name={name}
        value={parameters[name] ?? options[0]?.value ?? ''}
        onChange={({ currentTarget }) =>
          onChange({
            ...draft,
            choices: { ...draft.choices, [name]: currentTarget.value as CuttingParameters['coolant'] },
          })
        }
        data={options}
        error={faults.get(`parameters.${name}`)}
      />
      <FieldWarnings messages={warnings.get(`parameters.${name}`)} />
    </div>
  );
  return (
    <>
      {CONSTANT_SURFACE_SPEED.includes(draft.jobType) && (
        <NativeSelect
          label="Spindle"
          name="mode"
          value={mode}
          onChange={(event) => onChange(withMode(draft, event.currentTarget.value as 'css' | 'constantRpm'))}
          data={[
            { value: 'css', label: 'Constant surface speed' },
            { value: 'constantRpm', label: 'Constant spindle speed' },
          ]}
          error={faults.get('parameters.mode')}
        />
      )}
      <div className={styles.pair}>
        {parameterFields(draft.jobType, mode).map(({ name, label, unit, step }) => {
          const preset = parameters[name];
          const shown = preset === undefined ? '' : String(Number(preset.toPrecision(4)));
          return (
            <NumberField
              key={name}
              name={name}
              step={step}
              label={unit ? `${label}, ${unit}` : label}
              placeholder={shown || (name === 'flankWear' ? 'as the tool is' : '')}
              value={draft.texts[name] ?? shown}
              onChange={(text) => onChange(withText(draft, name, text))}
              error={faults.get(`parameters.${name}`)}
              warnings={warnings.get(`parameters.${name}`)}
            />
          );
        })}
        {draft.jobType === 'threading' && (
          <>
            {choice('side', 'Side', SIDES)}
            {choice('infeed', 'Infeed', INFEEDS)}
          </>
        )}
        {choice('coolant', 'Coolant', COOLANTS)}
      </div>
    </>
  );
}
