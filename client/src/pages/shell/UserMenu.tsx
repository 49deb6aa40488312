import { IconChevronDown, IconKey, IconLogout, IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useUser } from '../../api/useSession';
import { useSignOut } from '../../api/useSignOut';
import styles from './UserMenu.module.css';

const PasswordDialog = lazy(() => import('../password/PasswordDialog'));

/** Who is signed in, and what concerns nobody else: the password and the way out. */
export function UserMenu() {
  const user = useUser();
  const signOut = useSignOut();
  const menu = useRef<HTMLDivElement>(null);
  const [changing, setChanging] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.user}
        popoverTarget="user-menu"
        aria-label={`Signed in as ${user.userID}, ${user.userType}`}
      >
        <IconUser size={20} stroke={1.75} aria-hidden />
        <span className={styles.name}>{user.userID}</span>
        <IconChevronDown className={styles.name} size={16} aria-hidden />
      </button>
      <div ref={menu} id="user-menu" popover="auto" className={styles.menu}>
        <p className={styles.who}>
          {user.userID}
          <span className="dim">
            {user.userType}
            {user.employeeId !== user.userID && `, ${user.employeeId}`}
          </span>
        </p>
        {user.userType !== 'display' && (
          <button
            type="button"
            className={styles.entry}
            onClick={() => {
              menu.current?.hidePopover();
              setChanging(true);
            }}
          >
            <IconKey size={20} stroke={1.75} aria-hidden />
            Change password
          </button>
        )}
        <button type="button" className={styles.entry} onClick={signOut}>
          <IconLogout size={20} stroke={1.75} aria-hidden />
          Sign out
        </button>
      </div>
      {changing && (
        <Suspense fallback={null}>
          <PasswordDialog onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
