import { NativeSelect, TextInput } from '@mantine/core';
import { JOB_TYPES, MATERIAL_NAMES } from '#domain/contract/enums.js';
import type { Material } from '#domain/machining/materials.js';
import type { Tool } from '#domain/machining/tools.js';
import { JOB_TYPE_WORDS } from '../../widgets/words';
import { type JobDraft, withJobType } from './job-draft';
import styles from './StartJobDialog.module.css';

export interface WorkStepProps {
  draft: JobDraft;
  onChange: (draft: JobDraft) => void;
  tools: readonly Tool[];
  materials: readonly Material[];
  faults: ReadonlyMap<string, string>;
}

/** What is made, of what, with which tool. */
export function WorkStep({ draft, onChange, tools, materials, faults }: WorkStepProps) {
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
      <NativeSelect
        name="material"
        label="Material"
        value={draft.material}
        onChange={(event) => onChange({ ...draft, material: event.currentTarget.value })}
        data={known}
        error={faults.get('material')}
      />
      {draft.material === 'Custom' && (
        <div className={styles.pair}>
          <TextInput
            label="Hardness, HB"
            inputMode="decimal"
            value={draft.custom.hardness}
            onChange={(event) =>
              onChange({ ...draft, custom: { ...draft.custom, hardness: event.currentTarget.value } })
            }
            error={faults.get('customMaterial.hardness')}
          />
          <NativeSelect
            label="Family"
            value={draft.custom.ferrous ? 'ferrous' : 'other'}
            onChange={(event) =>
              onChange({ ...draft, custom: { ...draft.custom, ferrous: event.currentTarget.value === 'ferrous' } })
            }
            data={[
              { value: 'ferrous', label: 'Steel or iron' },
              { value: 'other', label: 'Other metal' },
            ]}
          />
        </div>
      )}
      <NativeSelect
        name="toolNo"
        label="Tool"
        value={String(draft.toolNo)}
        onChange={(event) => onChange({ ...draft, toolNo: Number(event.currentTarget.value) })}
        data={fitting.map((tool) => ({ value: String(tool.toolNo), label: `T${tool.toolNo}  ${tool.name}` }))}
        error={faults.get('toolNo')}
      />
    </>
  );
}
