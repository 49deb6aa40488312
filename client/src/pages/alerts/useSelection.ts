import { useMemo, useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';

/** Which of the alerts in view are selected; what leaves the view leaves the selection. */
export function useSelection(alerts: readonly AlertDto[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(NONE);
  const chosen = useMemo(() => (ids.size === 0 ? [] : alerts.filter(({ id }) => ids.has(id))), [alerts, ids]);
  return {
    ids,
    chosen,
    toggle: (id: string) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    toggleAll: () => setIds(chosen.length === alerts.length ? NONE : new Set(alerts.map(({ id }) => id))),
    clear: () => setIds(NONE),
  };
}

const NONE: ReadonlySet<string> = new Set();
