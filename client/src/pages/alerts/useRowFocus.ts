import { useEffect, useRef } from 'react';
import type { KeyTable } from '../../widgets/useKeys';

/** Moves the focus along the rows of a list, and keeps it in the list when the focused row leaves. */
export function useRowFocus(rowCount: number) {
  const list = useRef<HTMLUListElement>(null);
  const last = useRef(0);
  const targets = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row-focus]') ?? [])];
  const here = () => targets().findIndex((target) => target.closest('li')?.contains(document.activeElement));
  const go = (step: number) => {
    const all = targets();
    const from = here();
    if (all.length === 0) return;
    const to = from < 0 ? Math.min(last.current, all.length - 1) : Math.min(all.length - 1, Math.max(0, from + step));
    all[to]?.focus();
    last.current = to;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when rows came or went
  useEffect(() => {
    if (rowCount > 0 && document.activeElement === document.body) go(0);
  }, [rowCount]);
  const arrows: KeyTable = Object.fromEntries([
    ['ArrowDown', () => go(1)],
    ['ArrowUp', () => go(-1)],
  ]);
  return {
    list,
    arrows,
    next: () => go(1),
    previous: () => go(-1),
    /** back to the row that had the focus last, as after a dialog */
    restore: () => setTimeout(() => targets()[last.current]?.focus()),
    focusedId: () => {
      const at = here();
      if (at < 0) return undefined;
      last.current = at;
      return targets()[at]?.closest<HTMLElement>('[data-alert-id]')?.dataset['alertId'];
    },
  };
}
