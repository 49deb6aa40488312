import { TextInput, type TextInputProps } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { FieldWarnings } from './FieldWarnings';
import { numberOf } from './number-text';

export interface NumberFieldProps extends Omit<TextInputProps, 'onChange' | 'value'> {
  value: string;
  onChange: (text: string) => void;
  /** what arrow up and down add */
  step: number;
  warnings?: readonly string[] | undefined;
}

/**
 * A number as text, so that what is no number stays to be seen and named, which the browser's own number field would swallow.
 * A refusal and warnings stand below it.
 */
export function NumberField({ value, onChange, step, warnings, ...field }: NumberFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const present = numberOf(value);
    if (direction === 0 || present === undefined || !Number.isFinite(present)) return;
    event.preventDefault();
    onChange(String(Number((present + direction * step).toFixed(6))));
  };
  return (
    <div>
      <TextInput
        inputMode="decimal"
        autoComplete="off"
        {...field}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <FieldWarnings messages={warnings} />
    </div>
  );
}
