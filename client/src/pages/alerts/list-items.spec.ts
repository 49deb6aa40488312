import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AlertDto } from '#domain/contract/alert.js';
import { alertOf } from '../../live/testing/alert-of';
import { groupedItems, itemKey, type ListItem } from './list-items';

const at = (second: number) => `2026-11-23T10:00:${String(second).padStart(2, '0')}.000Z`;
const on = (lathe: number, id: string, second: number, rest: Partial<AlertDto> = {}) =>
  alertOf(id, { lathe_id: `lathe-${lathe}`, timestamp: at(second), ...rest });
const said = (items: readonly ListItem[]) =>
  items.map((item) => (item.kind === 'group' ? item.latheId : `${item.alert.id}${item.firstOut ? '!' : ''}`));

describe('groupedItems', () => {
  it('puts the lathe that began first, and its first alert, on top', () => {
    const alerts = [on(2, 'd', 9, { priority: 1 }), on(1, 'c', 8), on(2, 'b', 3), on(1, 'a', 5)];
    expect(said(groupedItems(alerts, undefined))).toEqual(['lathe-2', 'b!', 'd', 'lathe-1', 'a!', 'c']);
  });

  it('believes the plant about a first alert that is over', () => {
    const flood = {
      active: true,
      last10Min: 12,
      lathes: [{ latheId: 'lathe-1', alarms: 9, firstOut: 'gone', firstOutAt: at(1) }],
    };
    const items = groupedItems([on(2, 'b', 3), on(1, 'a', 5)], flood);
    expect(said(items)).toEqual(['lathe-1', 'a', 'lathe-2', 'b!']);
    expect(items[0]).toMatchObject({ firstOut: 'gone', firstOutAt: at(1), alerts: 1, waiting: 1 });
  });

  it('hides nothing and shows nothing twice', () => {
    const alert = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 59 }), fc.uuid())
      .map(([lathe, second, id]) => on(lathe, id, second));
    fc.assert(
      fc.property(fc.uniqueArray(alert, { selector: ({ id }) => id, maxLength: 40 }), (alerts) => {
        const items = groupedItems(alerts, undefined);
        const shown = items.flatMap((item) => (item.kind === 'alert' ? [item.alert.id] : []));
        expect([...shown].sort()).toEqual(alerts.map(({ id }) => id).sort());
        expect(new Set(items.map(itemKey)).size).toBe(items.length);
        const firsts = items.filter((item) => item.kind === 'alert' && item.firstOut);
        expect(firsts).toHaveLength(items.filter(({ kind }) => kind === 'group').length);
      }),
    );
  });
});
