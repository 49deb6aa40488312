import { NativeSelect } from '@mantine/core';
import { memo, useRef } from 'react';
import { ALERT_TYPES } from '#domain/contract/enums.js';
import { useLatheNames } from '../../api/useLathes';
import { useKeys } from '../../widgets/useKeys';
import { ALARM_STATE_WORDS, ALERT_TYPE_WORDS } from '../../widgets/words';
import styles from './AlertsPage.module.css';
import { type AlertsView, statesOf } from './alerts-view';

export interface AlertFiltersProps {
  view: AlertsView;
  onChange: (view: AlertsView) => void;
}

/** The fields that narrow the list. Alerts come and go without it. */
export const AlertFilters = memo(function AlertFilters({ view, onChange }: AlertFiltersProps) {
  const lathes = useLatheNames();
  const first = useRef<HTMLSelectElement>(null);
  useKeys({ '/': () => first.current?.focus() });
  const states = statesOf(view.which);
  return (
    <>
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
      {states.length > 0 && (
        <NativeSelect
          className={styles.state}
          aria-label="State"
          value={view.state}
          onChange={(event) => onChange({ ...view, state: event.currentTarget.value })}
          data={[
            { value: '', label: 'All states' },
            ...states.map((state) => ({ value: state, label: ALARM_STATE_WORDS[state] })),
          ]}
        />
      )}
    </>
  );
});
