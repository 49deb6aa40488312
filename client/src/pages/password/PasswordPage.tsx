import { Button } from '@mantine/core';
import { useUser } from '../../api/useSession';
import { useSignOut } from '../../api/useSignOut';
import styles from './Password.module.css';
import { PasswordForm } from './PasswordForm';

/** Stands before every page while the password is one that somebody else has chosen. */
export function PasswordPage() {
  const { userID } = useUser();
  const signOut = useSignOut();
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <header className={styles.head}>
          <h1>Choose your own password</h1>
          <p className="dim">
            Somebody else knows the first password of {userID}. Everything else opens once you have changed it.
          </p>
        </header>
        <PasswordForm>
          <Button variant="default" onClick={signOut}>
            Sign out
          </Button>
        </PasswordForm>
      </div>
    </main>
  );
}
