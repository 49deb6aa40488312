import { Button } from '@mantine/core';
import { useUser } from '../../api/useSession';
import { useSignOut } from '../../api/useSignOut';
import { EntryCard } from '../../widgets/EntryCard';
import { PasswordForm } from './PasswordForm';

/** Stands before every page while the password is one that somebody else has chosen. */
export function PasswordPage() {
  const { userID } = useUser();
  const signOut = useSignOut();
  return (
    <EntryCard
      title="Choose your own password"
      about={`Somebody else knows the first password of ${userID}. Everything else opens once you have changed it.`}
    >
      <PasswordForm>
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      </PasswordForm>
    </EntryCard>
  );
}
