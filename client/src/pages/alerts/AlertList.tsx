import { IconArrowUp } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, type Ref, useCallback, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import styles from './AlertList.module.css';
import { AlertRow, type AlertRowProps, type RowActs } from './AlertRow';
import { GroupHead } from './GroupHead';
import { itemKey, type ListItem } from './list-items';
import { useHeldScroll } from './useHeldScroll';

/** As many rows as this are all in the document; of more, those in view and a few around them. */
const ALL_UP_TO = 150;
const AROUND_VIEW = 8;
const ROW_PX = 65;
const GROUP_PX = 49;

/** Moving the focus along the rows; what has no row any more is followed by what took its place. */
export interface ListFocus {
  move: (step: number) => void;
  edge: (end: 'first' | 'last') => void;
  /** back to the row that had the focus last, as after a dialog */
  restore: () => void;
  focusedId: () => string | undefined;
}

export interface AlertListProps {
  items: readonly ListItem[];
  selected: ReadonlySet<string>;
  selectable: boolean;
  rights: AlertRowProps['rights'];
  on: RowActs;
  ref: Ref<ListFocus>;
}

/** The rows of the console. However many there are, the document holds those that can be seen. */
export const AlertList = memo(function AlertList({ items, selected, selectable, rights, on, ref }: AlertListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const [cursor, setCursor] = useState<{ key: string; at: number }>();
  const wantsFocus = useRef(false);
  const isFresh = useRef(true);
  const places = useMemo(() => new Map(items.map((item, at) => [itemKey(item), at])), [items]);
  const cursorAt = cursor === undefined ? -1 : (places.get(cursor.key) ?? -1);

  // The same functions for the same items, or every scroll would measure thousands of rows anew.
  const rows = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: items.length,
    getScrollElement: mainElement,
    estimateSize: useCallback((at: number) => (items[at]?.kind === 'group' ? GROUP_PX : ROW_PX), [items]),
    getItemKey: useCallback((at: number) => itemKey(items[at] as ListItem), [items]),
    overscan: items.length <= ALL_UP_TO ? ALL_UP_TO : AROUND_VIEW,
    scrollMargin: top,
    useFlushSync: false,
    // The row with the focus stays in the document, or the keyboard would lose its place.
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      if (cursorAt < 0 || inView.includes(cursorAt)) return inView;
      return [...inView, cursorAt].sort((a, b) => a - b);
    },
  });

  const { newAbove, toTop } = useHeldScroll(rows, items, places);

  // What stands above the list comes and goes. Asked for after each layout, for asking in between would make one.
  useLayoutEffect(() => {
    const page = list.current?.parentElement;
    if (!page) return;
    const observer = new ResizeObserver(() => setTop(list.current?.offsetTop ?? 0));
    observer.observe(page);
    return () => observer.disconnect();
  }, []);

  const rowAt = (at: number) => list.current?.querySelector<HTMLElement>(`[data-index="${at}"] [data-row-focus]`);
  const hasFocus = () => list.current?.contains(document.activeElement) ?? false;
  const isInView = (at: number): boolean => {
    const { start, end } = rows.measurementsCache[at] ?? { start: 0, end: 0 };
    const from = rows.scrollOffset ?? 0;
    return start >= from && end <= from + (rows.scrollRect?.height ?? 0);
  };
  const focus = (at: number, scroll = true) => {
    const item = items[at];
    if (!item) return;
    wantsFocus.current = true;
    setCursor({ key: itemKey(item), at });
    if (scroll && !isInView(at)) rows.scrollToIndex(at, { align: 'auto' });
  };
  /** The nearest row from a place on, in a direction; from the other side where there is none. */
  const alertFrom = (at: number, step: 1 | -1): number => {
    for (let i = at; i >= 0 && i < items.length; i += step) if (items[i]?.kind === 'alert') return i;
    return step === 1 ? items.findLastIndex(isAlert) : items.findIndex(isAlert);
  };

  useLayoutEffect(() => {
    if (!wantsFocus.current || cursorAt < 0) return;
    const row = rowAt(cursorAt);
    if (!row) return;
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when rows came or went
  useLayoutEffect(() => {
    if (items.length === 0 || document.activeElement !== document.body) return;
    // Nothing has the focus, as when its row has just left: the keyboard stays where it was. A page that has just been
    // opened stays at its top.
    focus(alertFrom(Math.min(cursor?.at ?? 0, items.length - 1), 1), !isFresh.current);
    isFresh.current = false;
  }, [items]);

  useImperativeHandle(ref, () => ({
    move: (step) => {
      if (!hasFocus() || cursorAt < 0) focus(alertFrom(Math.max(0, cursor?.at ?? 0), 1));
      else focus(alertFrom(cursorAt + step, step > 0 ? 1 : -1));
    },
    edge: (end) => focus(end === 'first' ? items.findIndex(isAlert) : items.findLastIndex(isAlert)),
    restore: () => {
      if (items.length > 0)
        focus(alertFrom(Math.min(cursorAt < 0 ? (cursor?.at ?? 0) : cursorAt, items.length - 1), 1));
    },
    focusedId: () =>
      hasFocus() ? document.activeElement?.closest<HTMLElement>('[data-alert-id]')?.dataset['alertId'] : undefined,
  }));

  return (
    <>
      {newAbove > 0 && (
        <button type="button" className={styles.fresh} data-new-above={newAbove} onClick={toTop}>
          <IconArrowUp size={18} aria-hidden />
          {newAbove.toLocaleString()} new above
        </button>
      )}
      <ul
        ref={list}
        className={styles.list}
        style={{ height: rows.getTotalSize() }}
        onFocus={({ target }) => {
          const id = target.closest<HTMLElement>('[data-alert-id]')?.dataset['alertId'];
          const at = id === undefined ? undefined : places.get(id);
          if (id !== undefined && at !== undefined && cursor?.key !== id) setCursor({ key: id, at });
        }}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - top}px)` }}
            >
              {item.kind === 'group' ? (
                <GroupHead group={item} onOpen={on.open} />
              ) : (
                <AlertRow
                  alert={item.alert}
                  firstOut={item.firstOut}
                  selected={selected.has(item.alert.id)}
                  selectable={selectable}
                  rights={rights}
                  on={on}
                />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
});

const mainElement = (): HTMLElement | null => document.getElementById('main');

const isAlert = (item: ListItem): boolean => item.kind === 'alert';
