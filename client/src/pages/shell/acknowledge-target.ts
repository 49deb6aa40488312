import type { AlertDto } from '#domain/contract/alert.js';

/**
 * The alert that the acknowledge keys mean: the one that has the focus, else the most urgent of the lathe that has the
 * focus, else the most urgent of all, which is the one in the banner.
 * @param waiting - most urgent first
 */
export function acknowledgeTarget(waiting: readonly AlertDto[], focused: Element | null): AlertDto | undefined {
  const alertId = focused?.closest<HTMLElement>('[data-alert-id]')?.dataset['alertId'];
  if (alertId) return waiting.find(({ id }) => id === alertId);
  const latheId = focused?.closest<HTMLElement>('[data-lathe]')?.dataset['lathe'];
  const ofLathe = latheId && waiting.find(({ lathe_id }) => lathe_id === latheId);
  return ofLathe || waiting[0];
}
