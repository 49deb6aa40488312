import type { UserType } from '#domain/contract/enums.js';

/** Where each kind of user starts. */
export function homeOf(userType: UserType): string {
  if (userType === 'manager') return '/manager';
  return userType === 'display' ? '/wall' : '/dashboard';
}
