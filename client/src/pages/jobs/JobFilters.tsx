import { NativeSelect } from '@mantine/core';
import { useRef } from 'react';
import { JOB_STATUSES } from '#domain/contract/enums.js';
import { useLatheNames } from '../../api/useLathes';
import { useKeys } from '../../widgets/useKeys';
import type { JobsView } from './JobsPage';

export interface JobFiltersProps {
  latheId: string | undefined;
  view: JobsView;
  onLathe: (latheId: string) => void;
  onChange: (view: JobsView) => void;
}

export function JobFilters({ latheId, view, onLathe, onChange }: JobFiltersProps) {
  const lathes = useLatheNames();
  const first = useRef<HTMLSelectElement>(null);
  useKeys({ '/': () => first.current?.focus() });
  return (
    <>
      <NativeSelect
        ref={first}
        aria-label="Lathe"
        value={latheId ?? ''}
        onChange={(event) => onLathe(event.currentTarget.value)}
        data={[{ value: '', label: 'All lathes' }, ...lathes.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <NativeSelect
        aria-label="Status"
        value={view.status}
        onChange={(event) => onChange({ ...view, status: event.currentTarget.value })}
        data={[{ value: '', label: 'All statuses' }, ...JOB_STATUSES]}
      />
      <NativeSelect
        aria-label="Period"
        value={view.hours}
        onChange={(event) => onChange({ ...view, hours: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any time' },
          { value: '1', label: 'Last hour' },
          { value: '8', label: 'Last 8 hours' },
          { value: '24', label: 'Last 24 hours' },
          { value: '168', label: 'Last 7 days' },
        ]}
      />
    </>
  );
}
