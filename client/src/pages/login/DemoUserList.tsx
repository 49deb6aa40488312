import type { DemoUsers } from '../../api/session';
import styles from './DemoUserList.module.css';

export interface DemoUserListProps {
  users: DemoUsers['users'];
  onPick: (userID: string, password: string) => void;
}

/** The accounts of the demo plant; a press fills the form. */
export function DemoUserList({ users, onPick }: DemoUserListProps) {
  return (
    <section className={styles.users}>
      <h2>Demo users</h2>
      <ul>
        {users.map(({ userID, password, userType }) => (
          <li key={userID}>
            <button type="button" onClick={() => onPick(userID, password)}>
              <span>{userID}</span>
              <code>{password}</code>
              <span className="dim">{userType}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
