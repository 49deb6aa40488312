import { useRights } from '../../api/useSession';
import { SectionTabs } from '../../widgets/SectionTabs';

const SECTIONS = [
  { href: '/alerts', label: 'List' },
  { href: '/alerts/quality', label: 'Quality' },
  { href: '/alerts/limits', label: 'Limits' },
];

/** What there is about alerts: the list itself, how good the alarms are, and the limits that raise them. */
export function AlertSections() {
  const { handleAlerts } = useRights();
  return handleAlerts ? <SectionTabs label="About alerts" sections={SECTIONS} /> : null;
}
