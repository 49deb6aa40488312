import type { FloodNowDto } from '#domain/contract/alarm-kpi.js';
import type { AlertDto } from '#domain/contract/alert.js';
import { isUnacknowledged } from '../../api/alert-order';

/** What stands over the alerts of one lathe. */
export interface GroupItem {
  kind: 'group';
  latheId: string;
  alerts: number;
  waiting: number;
  /** id and time of the alert that was first on this lathe */
  firstOut: string;
  firstOutAt: string;
}

export interface AlertItem {
  kind: 'alert';
  alert: AlertDto;
  firstOut: boolean;
}

export type ListItem = GroupItem | AlertItem;

export const itemKey = (item: ListItem): string => (item.kind === 'group' ? `group ${item.latheId}` : item.alert.id);

/** Alerts one below the other, as they come. */
export function plainItems(alerts: readonly AlertDto[]): ListItem[] {
  return alerts.map((alert) => ({ kind: 'alert', alert, firstOut: false }));
}

/**
 * Alerts by lathe: every one of them stays in the list. The lathe whose trouble began first comes first, and on each the
 * alert that was first, then the others in the order in which they came in.
 * @param flood - knows the first alert of a lathe even where that one is over by now
 */
export function groupedItems(alerts: readonly AlertDto[], flood: FloodNowDto | undefined): ListItem[] {
  const known = new Map(flood?.lathes.map((lathe) => [lathe.latheId, lathe]));
  const byLathe = new Map<string, AlertDto[]>();
  for (const alert of alerts) {
    const group = byLathe.get(alert.lathe_id);
    if (group) group.push(alert);
    else byLathe.set(alert.lathe_id, [alert]);
  }
  const groups = [...byLathe].map(([latheId, mine]) => {
    const earliest = mine.reduce((first, alert) => (alert.timestamp < first.timestamp ? alert : first));
    const { firstOut = earliest.id, firstOutAt = earliest.timestamp } = known.get(latheId) ?? {};
    const head: GroupItem = {
      kind: 'group',
      latheId,
      alerts: mine.length,
      waiting: mine.filter(isUnacknowledged).length,
      firstOut,
      firstOutAt,
    };
    return { head, mine };
  });
  groups.sort((a, b) => compare(a.head.firstOutAt, b.head.firstOutAt) || compare(a.head.latheId, b.head.latheId));
  const items: ListItem[] = [];
  for (const { head, mine } of groups) {
    items.push(head);
    const first = mine.find(({ id }) => id === head.firstOut);
    if (first) items.push({ kind: 'alert', alert: first, firstOut: true });
    for (const alert of mine) if (alert !== first) items.push({ kind: 'alert', alert, firstOut: false });
  }
  return items;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
