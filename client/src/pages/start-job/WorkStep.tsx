import { NativeSelect } from '@mantine/core';
import { JOB_TYPES, MATERIAL_NAMES } from '#domain/contract/enums.js';
import type { Material } from '#domain/machining/materials.js';
import type { Tool } from '#domain/machining/tools.js';
import { FieldWarnings } from '../../widgets/FieldWarnings';
import { NumberField } from '../../widgets/NumberField';
import { JOB_TYPE_WORDS } from '../../widgets/words';
import { type JobDraft, type JobPreview, withCustom, withJobType } from './job-draft';
import { customFields } from './parameter-fields';
import styles from './StartJobDialog.module.css';

export interface WorkStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  tools: readonly Tool[];
  materials: readonly Material[];
  preview: JobPreview;
}

/** What is made, of what, with which tool. */
export function WorkStep({ draft, onChange, tools, materials, preview }: WorkStepProps) {
  const { faults, warnings } = preview;
  const known = MATERIAL_NAMES.filter((name) => name === 'Custom' || materials.some((entry) => entry.name === name));
  const fitting = tools.filter((tool) => tool.jobTypes.includes(draft.jobType));
  return (
    <>
      <fieldset className={styles.types}>
        <legend>Kind of work</legend>
        {JOB_TYPES.map((jobType) => (
          <label key={jobType} className={styles.type}>
            <input
              className="visually-hidden"
              type="radio"
              name="jobType"
              value={jobType}
              checked={draft.jobType === jobType}
              onChange={() => onChange(withJobType(draft, jobType, tools))}
            />
            {JOB_TYPE_WORDS[jobType]}
          </label>
        ))}
      </fieldset>
      <div>
        <NativeSelect
          name="material"
          label="Material"
          value={draft.material}
          onChange={(event) => onChange({ ...draft, material: event.currentTarget.value })}
          data={known}
          error={faults.get('material') ?? faults.get('customMaterial')}
        />
        <FieldWarnings messages={warnings.get('material')} />
      </div>
      {draft.material === 'Custom' && <CustomFields draft={draft} onChange={onChange} preview={preview} />}
      <div>
        <NativeSelect
          name="toolNo"
          label="Tool"
          value={String(draft.toolNo)}
          onChange={(event) => onChange({ ...draft, toolNo: Number(event.currentTarget.value) })}
          data={fitting.map((tool) => ({ value: String(tool.toolNo), label: `T${tool.toolNo}  ${tool.name}` }))}
          error={faults.get('toolNo')}
        />
        <FieldWarnings messages={warnings.get('toolNo')} />
      </div>
    </>
  );
}

function CustomFields({ draft, onChange, preview }: Pick<WorkStepProps, 'draft' | 'onChange' | 'preview'>) {
  return (
    <div className={styles.pair}>
      <NativeSelect
        label="Family"
        name="ferrous"
        value={draft.custom.ferrous ? 'ferrous' : 'other'}
        onChange={(event) =>
          onChange({ ...draft, custom: { ...draft.custom, ferrous: event.currentTarget.value === 'ferrous' } })
        }
        data={[
          { value: 'ferrous', label: 'Steel or iron' },
          { value: 'other', label: 'Other metal' },
        ]}
      />
      {customFields.map(({ name, label, unit, step }) => (
        <NumberField
          key={name}
          name={name}
          step={step}
          label={unit ? `${label}, ${unit}` : label}
          placeholder={name === 'hardness' ? '' : 'by hardness and family'}
          value={draft.custom.figures[name] ?? ''}
          onChange={(text) => onChange(withCustom(draft, name, text))}
          error={preview.faults.get(`customMaterial.${name}`)}
          warnings={preview.warnings.get(`customMaterial.${name}`)}
        />
      ))}
    </div>
  );
}
