import { useEffect, useRef } from 'react';

export type KeyTable = Record<string, (event: KeyboardEvent) => void>;

/**
 * Single-key shortcuts of the page while the component is mounted, by `KeyboardEvent.key`. They rest while somebody
 * types, while a dialog is open, and when a modifier is held, so that the browser's own shortcuts keep working.
 */
export function useKeys(table: KeyTable, enabled = true): void {
  const latest = useRef(table);
  latest.current = table;
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const act = latest.current[event.key];
      if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
