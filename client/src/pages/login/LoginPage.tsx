import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { keys } from '../../api/keys';
import { messageOf, ProblemError, UnreachableError } from '../../api/problem';
import { fetchDemoUsers, signIn } from '../../api/session';
import { EntryCard } from '../../widgets/EntryCard';
import { Fault } from '../../widgets/Fault';
import styles from '../../widgets/Form.module.css';
import { SecretInput } from '../../widgets/SecretInput';
import { DemoUserList } from './DemoUserList';

export function LoginPage() {
  const cache = useQueryClient();
  const [, navigate] = useLocation();
  const [search] = useSearchParams();
  const [fault, setFault] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [waitS, setWaitS] = useSecondsLeft();
  const form = useRef<HTMLFormElement>(null);
  const demo = useQuery({ queryKey: keys.demo, queryFn: fetchDemoUsers });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setFault(undefined);
    try {
      const user = await signIn({ userID: String(fields.get('userID')), password: String(fields.get('password')) });
      cache.setQueryData(keys.me, user);
      navigate(placeAfterLogin(search.get('next'), user.userType), { replace: true });
    } catch (error) {
      setFault(error);
      setBusy(false);
      if (error instanceof ProblemError && error.status === 429) setWaitS(error.retryAfterS ?? 60);
      if (error instanceof ProblemError && error.status === 401) {
        form.current?.querySelector<HTMLInputElement>('input[name=password]')?.select();
      }
    }
  };

  const fill = (userID: string, password: string) => {
    const fields = form.current?.elements;
    const name = fields?.namedItem('userID');
    const secret = fields?.namedItem('password');
    if (name instanceof HTMLInputElement) name.value = userID;
    if (secret instanceof HTMLInputElement) secret.value = password;
    form.current?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus();
  };

  return (
    <EntryCard title="Byte-Astra" about="Live view of the turning shop">
      <form ref={form} onSubmit={submit} className={styles.form} method="post" action="/login">
        <TextInput
          name="userID"
          label="User"
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
          size="md"
        />
        <SecretInput name="password" label="Password" autoComplete="current-password" />
        <LoginFault fault={fault} waitS={waitS} />
        <Button type="submit" size="md" loading={busy} disabled={waitS > 0}>
          {waitS > 0 ? `Wait ${waitS} s` : 'Sign in'}
        </Button>
      </form>
      {demo.data?.demo && demo.data.users.length > 0 && <DemoUserList users={demo.data.users} onPick={fill} />}
    </EntryCard>
  );
}

function LoginFault({ fault, waitS }: { fault: unknown; waitS: number }) {
  if (!fault) return null;
  const throttled = fault instanceof ProblemError && fault.status === 429;
  if (throttled && waitS <= 0) return null;
  return (
    <Fault>
      {fault instanceof UnreachableError
        ? 'The server does not answer. Check the network, then try again.'
        : throttled
          ? `Too many attempts. You can try again in ${waitS} s.`
          : fault instanceof ProblemError && fault.status === 401
            ? 'User or password is wrong.'
            : messageOf(fault)}
    </Fault>
  );
}

/** Only a path of this very site: another origin in `next` would make the login a way out. */
function placeAfterLogin(next: string | null, userType: string): string {
  if (next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\')) return next;
  return userType === 'manager' ? '/manager' : '/dashboard';
}

function useSecondsLeft(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
