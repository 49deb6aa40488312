import { NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ALARM_STATES, ALERT_TYPES } from '#domain/contract/enums.js';
import { useLathes } from '../../api/useLathes';
import { Choice } from '../../widgets/Choice';
import { useKeys } from '../../widgets/useKeys';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS, byLatheId } from '../../widgets/words';
import type { AlertsView } from './AlertsPage';

export function AlertFilters({ view, onChange }: { view: AlertsView; onChange: (view: AlertsView) => void }) {
  const lathes = [...(useLathes().data ?? [])].sort(byLatheId);
  const first = useRef<HTMLSelectElement>(null);
  useKeys({ '/': () => first.current?.focus() });
  // A filter on a state that the active view cannot have would only ever show an empty list.
  useEffect(() => {
    if (view.which === 'active' && view.state === 'normal') onChange({ ...view, state: '' });
  }, [view, onChange]);
  return (
    <>
      <Choice
        label="Which alerts"
        value={view.which}
        onChange={(which) => onChange({ ...view, which })}
        options={[
          { value: 'active', label: 'Active' },
          { value: 'all', label: 'History' },
        ]}
      />
      <NativeSelect
        ref={first}
        aria-label="Lathe"
        value={view.latheId}
        onChange={(event) => onChange({ ...view, latheId: event.currentTarget.value })}
        data={[{ value: '', label: 'All lathes' }, ...lathes.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        aria-label="Priority"
        value={view.priority}
        onChange={(event) => onChange({ ...view, priority: event.currentTarget.value })}
        data={[
          { value: '', label: 'All priorities' },
          ...['1', '2', '3', '4'].map((p) => ({ value: p, label: `Priority ${p}` })),
        ]}
      />
      <NativeSelect
        aria-label="Type"
        value={view.type}
        onChange={(event) => onChange({ ...view, type: event.currentTarget.value })}
        data={[
          { value: '', label: 'All types' },
          ...ALERT_TYPES.map((type) => ({ value: type, label: ALERT_TYPE_WORDS[type] })),
        ]}
      />
      <NativeSelect
        aria-label="State"
        value={view.state}
        onChange={(event) => onChange({ ...view, state: event.currentTarget.value })}
        data={[
          { value: '', label: 'All states' },
          ...ALARM_STATES.filter((state) => view.which === 'all' || state !== 'normal').map((state) => ({
            value: state,
            label: ALARM_STATE_WORDS[state],
          })),
        ]}
      />
    </>
  );
}
