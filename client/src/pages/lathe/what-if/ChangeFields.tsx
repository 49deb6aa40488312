import { NativeSelect, TextInput } from '@mantine/core';
import type { PlanWarning } from '#domain/contract/machining.js';
import type { WhatIfBasis } from '#domain/contract/what-if.js';
import type { Material } from '#domain/machining/materials.js';
import type { Coolant } from '#domain/machining/plan.js';
import type { Tool } from '#domain/machining/tools.js';
import styles from './WhatIf.module.css';
import { type TriedField, type WhatIfDraft, withText } from './what-if-draft';

export interface ChangeFieldsProps {
  basis: WhatIfBasis;
  draft: WhatIfDraft;
  onChange: (draft: WhatIfDraft) => void;
  fields: readonly TriedField[];
  tools: readonly Tool[];
  materials: readonly Material[];
  /** why the changes are refused, by path */
  faults: ReadonlyMap<string, string>;
  warnings: readonly PlanWarning[];
}

const COOLANT_WORDS: Record<Coolant, string> = { flood: 'Flood', mist: 'Mist', dry: 'Dry' };

/** Everything that may be tried; a refusal or a warning stands at its field. */
export function ChangeFields({
  basis,
  draft,
  onChange,
  fields,
  tools,
  materials,
  faults,
  warnings,
}: ChangeFieldsProps) {
  const note = (path: string) => warnings.filter(({ field }) => field === path).map(({ message }) => message);
  const fitting = tools.filter((tool) => tool.jobTypes.includes(basis.jobType));
  const names = [...new Set([...materials.map(({ name }) => name as string), basis.material.name])];
  const coolant = basis.parameters.coolant ?? 'flood';
  return (
    <div className={styles.fields}>
      {fields.map((field) => (
        <NumberField
          key={field.name}
          field={field}
          text={draft.texts[field.name]}
          onChange={(text) => onChange(withText(draft, field.name, text))}
          fault={faults.get(`parameters.${field.name}`)}
          warnings={note(`parameters.${field.name}`)}
        />
      ))}
      <div>
        <NativeSelect
          label="Tool"
          value={String(draft.toolNo ?? basis.tool.toolNo)}
          onChange={(event) => onChange({ ...draft, toolNo: Number(event.currentTarget.value) })}
          data={fitting.map(({ toolNo, name }) => ({
            value: String(toolNo),
            label: `T${toolNo}  ${name}${toolNo === basis.tool.toolNo ? ' (as planned)' : ''}`,
          }))}
          error={faults.get('toolNo')}
        />
        <Warnings messages={note('toolNo')} />
      </div>
      <div>
        <NativeSelect
          label="Coolant"
          value={draft.coolant ?? coolant}
          onChange={(event) => onChange({ ...draft, coolant: event.currentTarget.value as Coolant })}
          data={(['flood', 'mist', 'dry'] as const).map((value) => ({
            value,
            label: COOLANT_WORDS[value] + (value === coolant ? ' (as planned)' : ''),
          }))}
          error={faults.get('parameters.coolant')}
        />
        <Warnings messages={note('parameters.coolant')} />
      </div>
      <div>
        <NativeSelect
          label="Material"
          value={draft.material ?? basis.material.name}
          onChange={(event) => onChange({ ...draft, material: event.currentTarget.value })}
          data={names.map((name) => ({
            value: name,
            label: name === basis.material.name ? `${name} (as planned)` : name,
          }))}
          error={faults.get('material')}
        />
        <Warnings messages={note('material')} />
      </div>
    </div>
  );
}

interface NumberFieldProps {
  field: TriedField;
  text: string | undefined;
  onChange: (text: string) => void;
  fault: string | undefined;
  warnings: string[];
}

function NumberField({ field, text, onChange, fault, warnings }: NumberFieldProps) {
  const { name, label, unit, min, max, step, planned } = field;
  const shown = String(Number(planned.toPrecision(4)));
  const value = text === undefined || text.trim() === '' ? planned : Number(text.replace(',', '.'));
  return (
    <div>
      <TextInput
        type="number"
        inputMode="decimal"
        name={name}
        step={step}
        label={`${label}, ${unit}`}
        description={`As planned: ${shown}`}
        placeholder={shown}
        value={text ?? shown}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={fault}
      />
      <input
        type="range"
        className={styles.slider}
        aria-label={`${label}, slider`}
        min={min}
        max={max}
        step={step}
        value={Number.isFinite(value) ? value : planned}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Warnings messages={warnings} />
    </div>
  );
}

function Warnings({ messages }: { messages: string[] }) {
  return messages.map((message) => (
    <p key={message} className={styles.warning}>
      {message}
    </p>
  ));
}
