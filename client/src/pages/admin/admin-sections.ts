/** Sections of the administration, in the order of their tabs. */
export const ADMIN_SECTIONS = [
  { href: '/admin/notifications', label: 'Notifications' },
  { href: '/admin/models', label: 'Models' },
  { href: '/admin/audit', label: 'Audit' },
] as const;
