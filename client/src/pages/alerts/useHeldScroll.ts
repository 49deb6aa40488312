import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { itemKey, type ListItem } from './list-items';

/** A row that stood still in the view, and where. */
interface Anchor {
  item: ListItem;
  start: number;
}

export interface HeldScroll {
  /** how many came in above the view since somebody scrolled away from the top */
  newAbove: number;
  toTop: () => void;
}

/**
 * Keeps the rows that somebody reads where they are when others come in or leave above them. At the top of the list the
 * newest may push the others down, there they are looked for.
 * @param places - of the items by their keys
 */
export function useHeldScroll(
  rows: Virtualizer<HTMLElement, HTMLLIElement>,
  items: readonly ListItem[],
  places: ReadonlyMap<string, number>,
): HeldScroll {
  const anchors = useRef<readonly Anchor[]>([]);
  const seen = useRef<ReadonlyMap<string, number>>(places);
  const [newAbove, setNewAbove] = useState(0);
  const scroller = rows.scrollElement;
  // As the list has it: asking the element would make the browser lay out the page.
  const scrolled = rows.scrollOffset ?? 0;
  const atTop = scrolled <= rows.options.scrollMargin;

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when rows came or went, with what was in view before
  useLayoutEffect(() => {
    if (!scroller || atTop) return;
    for (const { item, start } of anchors.current) {
      const at = places.get(itemKey(item));
      const now = at === undefined ? undefined : items[at];
      if (at === undefined || !now || !isUnmoved(item, now)) continue;
      const shift = (rows.measurementsCache[at]?.start ?? start) - start;
      if (shift !== 0) scroller.scrollTop += shift;
      return;
    }
  }, [items]);

  useLayoutEffect(() => {
    const inView = rows.getVirtualItems().filter(({ end }) => end > scrolled);
    anchors.current = inView.flatMap(({ index, start }) => {
      const item = items[index];
      return item ? [{ item, start }] : [];
    });
    if (atTop) {
      seen.current = places;
      setNewAbove(0);
      return;
    }
    if (seen.current === places) return;
    let fresh = 0;
    const above = inView[0]?.index ?? 0;
    for (let at = 0; at < above; at++) {
      const item = items[at];
      if (item?.kind === 'alert' && !seen.current.has(item.alert.id)) fresh++;
    }
    setNewAbove(fresh);
  });

  return { newAbove, toTop: () => scroller?.scrollTo({ top: 0 }) };
}

/** Whether a row stands for the very same as before; one that was acknowledged goes to another place by itself. */
function isUnmoved(before: ListItem, now: ListItem): boolean {
  if (before.kind === 'group' || now.kind === 'group') return before.kind === now.kind;
  return before.alert === now.alert;
}
