import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { CheckField } from '../../../widgets/CheckField';
import { NumberField } from '../../../widgets/NumberField';
import styles from './Limits.module.css';
import { fieldsOf } from './limit-choices';
import { type Faults, type LimitDraft, limitWords, type NumberField as Name, unitOf } from './limits-draft';

/** What each field is called, and what it does. */
const FIELDS: Record<Name, [label: string, about: string]> = {
  high: ['Above', 'Raised when the reading is above this'],
  low: ['Below', 'Raised when the reading is below this'],
  rate: ['Change', 'Raised when the reading changes faster than this, up or down'],
  deadband: ['Deadband', 'Over only when the reading is back by as much as this'],
  onDelayS: ['On-delay', 'Raised only after it has lasted this long'],
  offDelayS: ['Off-delay', 'Over only after it has been good for this long'],
};

export interface LimitRowProps {
  limit: LimitDraft;
  faults: Faults;
  readOnly: boolean;
  onChange: (part: Partial<LimitDraft>) => void;
  onRemove: () => void;
}

/** The fields of one limit. */
export function LimitRow({ limit, faults, readOnly, onChange, onRemove }: LimitRowProps) {
  const { key, type, priority, latching, stop } = limit;
  return (
    <fieldset className={styles.row} disabled={readOnly} data-limit={key}>
      <legend className="visually-hidden">
        Priority {priority}: {limitWords(limit)}
      </legend>
      <NativeSelect
        label="Priority"
        value={String(priority)}
        error={faults[`${key}.priority`]}
        onChange={(event) => onChange({ priority: Number(event.currentTarget.value) })}
        data={['1', '2', '3', '4']}
      />
      {fieldsOf(type).map((field) => (
        <NumberField
          key={field}
          name={field}
          label={`${FIELDS[field][0]}, ${unitOf(limit, field)}`}
          title={FIELDS[field][1]}
          step={1}
          value={limit[field]}
          error={faults[`${key}.${field}`]}
          onChange={(text) => onChange({ [field]: text })}
        />
      ))}
      <div className={styles.checks}>
        <CheckField name="latching" checked={latching} onChange={(checked) => onChange({ latching: checked })}>
          Latches
        </CheckField>
        {(priority === 1 || stop) && (
          <CheckField name="stop" checked={stop} onChange={(checked) => onChange({ stop: checked })}>
            Stops the lathe
          </CheckField>
        )}
        {faults[`${key}.stop`] && <p className={styles.fault}>{faults[`${key}.stop`]}</p>}
        {!readOnly && (
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={`Remove the limit ${limitWords(limit)}`}
            title="Remove this limit"
            onClick={onRemove}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </div>
    </fieldset>
  );
}
