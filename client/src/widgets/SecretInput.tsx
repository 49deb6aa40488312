import { ActionIcon, TextInput, type TextInputProps } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';

/** A password field that can show what is typed. */
export function SecretInput(field: TextInputProps) {
  const [revealed, setRevealed] = useState(false);
  return (
    <TextInput
      {...field}
      type={revealed ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      required
      rightSection={
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--text-dim)"
          aria-pressed={revealed}
          aria-label="Show what is typed"
          onClick={() => setRevealed(!revealed)}
        >
          {revealed ? <IconEyeOff size={20} /> : <IconEye size={20} />}
        </ActionIcon>
      }
    />
  );
}
