import { NavLinks } from './NavLinks';
import styles from './TabBar.module.css';

/** The pages at the thumb, on a phone. */
export function TabBar() {
  return (
    <nav className={styles.bar} aria-label="Pages">
      <NavLinks />
    </nav>
  );
}
