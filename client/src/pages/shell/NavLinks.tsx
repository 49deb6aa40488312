import { Link, useLocation } from 'wouter';
import { useWaitingCounts } from '../../api/useAlerts';
import { useUser } from '../../api/useSession';
import styles from './NavLinks.module.css';
import { DESTINATIONS } from './navigation';

/** The pages that the signed-in role may see; Alerts carries the number that waits for somebody. */
export function NavLinks() {
  const [path] = useLocation();
  const { userType } = useUser();
  const { total, worst } = useWaitingCounts();
  return DESTINATIONS.filter(({ roles }) => roles.includes(userType)).map(({ href, label, icon: Icon, covers }) => (
    <Link key={href} href={href} className={styles.link} aria-current={covers(path) ? 'page' : undefined}>
      <Icon size={20} stroke={1.75} aria-hidden />
      <span>{label}</span>
      {href === '/alerts' && total > 0 && (
        <span className={styles.count} data-priority={worst}>
          {total}
          <span className="visually-hidden"> not acknowledged</span>
        </span>
      )}
    </Link>
  ));
}
