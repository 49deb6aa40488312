import { IconBell, IconBuildingFactory2, IconClipboardList, IconListCheck, IconSettings } from '@tabler/icons-react';
import type { UserType } from '#domain/contract/enums.js';

export interface Destination {
  href: string;
  label: string;
  icon: typeof IconBell;
  roles: readonly UserType[];
  /** whether the page at `path` belongs to it */
  covers: (path: string) => boolean;
}

export const DESTINATIONS: readonly Destination[] = [
  {
    href: '/manager',
    label: 'Today',
    icon: IconListCheck,
    roles: ['manager'],
    covers: (path) => path === '/manager',
  },
  {
    href: '/dashboard',
    label: 'Floor',
    icon: IconBuildingFactory2,
    roles: ['manager', 'operator', 'display'],
    covers: (path) => path === '/dashboard' || path.startsWith('/lathes/'),
  },
  {
    href: '/alerts',
    label: 'Alerts',
    icon: IconBell,
    roles: ['manager', 'operator', 'display'],
    covers: (path) => path.startsWith('/alerts'),
  },
  {
    href: '/jobs',
    label: 'Jobs',
    icon: IconClipboardList,
    roles: ['manager', 'operator'],
    covers: (path) => path.startsWith('/jobs'),
  },
  {
    href: '/admin/notifications',
    label: 'Admin',
    icon: IconSettings,
    roles: ['manager'],
    covers: (path) => path.startsWith('/admin'),
  },
];
