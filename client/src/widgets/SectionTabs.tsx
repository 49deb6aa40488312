import { Link, useLocation } from 'wouter';
import styles from './SectionTabs.module.css';

export interface Section {
  href: string;
  label: string;
}

/** Pages that belong together, the present one marked. */
export function SectionTabs({ label, sections }: { label: string; sections: readonly Section[] }) {
  const [path] = useLocation();
  return (
    <nav className={styles.tabs} aria-label={label}>
      {sections.map(({ href, label: name }) => (
        <Link key={href} href={href} className={styles.tab} aria-current={path === href ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
