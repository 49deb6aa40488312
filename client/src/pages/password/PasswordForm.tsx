import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { keys } from '../../api/keys';
import { messageOf } from '../../api/problem';
import { changePassword } from '../../api/session';
import { useUser } from '../../api/useSession';
import { Fault } from '../../widgets/Fault';
import styles from '../../widgets/Form.module.css';
import { notify } from '../../widgets/notice-store';
import { SecretInput } from '../../widgets/SecretInput';
import { faultsFrom, faultsOf, type PasswordEntry, type PasswordFaults } from './new-password';

export interface PasswordFormProps {
  onDone?: () => void;
  /** the way out, beside the button that sends */
  children: ReactNode;
}

/** Present password, new one, new one again; what is wrong stands beside its field. */
export function PasswordForm({ onDone, children }: PasswordFormProps) {
  const { userID } = useUser();
  const cache = useQueryClient();
  const [faults, setFaults] = useState<PasswordFaults>({});
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: (user) => {
      cache.setQueryData(keys.me, user);
      notify({ tone: 'done', text: 'Your password is changed. Other devices are signed out.' });
      onDone?.();
    },
  });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const entry = Object.fromEntries(new FormData(form)) as unknown as PasswordEntry & { username: string };
    const { currentPassword, newPassword, repeated } = entry;
    let found = faultsOf({ currentPassword, newPassword, repeated });
    if (Object.keys(found).length === 0) {
      try {
        await change.mutateAsync({ currentPassword, newPassword });
        return;
      } catch (refusal) {
        found = faultsFrom(refusal);
      }
    }
    setFaults(found);
    const first = Object.keys(found)[0];
    if (first) form.querySelector<HTMLInputElement>(`input[name=${first}]`)?.select();
  };

  const field = (name: keyof PasswordFaults) => ({
    name,
    error: faults[name],
    onChange: () => faults[name] && setFaults({ ...faults, [name]: undefined }),
  });
  const beside = Object.values(faults).some(Boolean);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <input
        className="visually-hidden"
        name="username"
        autoComplete="username"
        value={userID}
        readOnly
        tabIndex={-1}
      />
      <SecretInput
        {...field('currentPassword')}
        label="Present password"
        autoComplete="current-password"
        data-autofocus
        autoFocus
      />
      <SecretInput
        {...field('newPassword')}
        label="New password"
        description="At least 8 characters"
        autoComplete="new-password"
      />
      <SecretInput {...field('repeated')} label="New password again" autoComplete="new-password" />
      <Fault>{change.isError && !beside && messageOf(change.error)}</Fault>
      <div className={styles.foot}>
        {children}
        <Button type="submit" loading={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
