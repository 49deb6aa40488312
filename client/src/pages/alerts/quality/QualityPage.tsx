import { NativeSelect, TextInput } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import type { AlarmKpiDto } from '#domain/contract/alarm-kpi.js';
import { fetchAlarmKpi } from '../../../api/alarm-quality';
import { keys } from '../../../api/keys';
import { pageNowMs } from '../../../live/clock';
import { Choice } from '../../../widgets/Choice';
import { ListPage } from '../../../widgets/ListPage';
import { PageLoading, PageState } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { AlertSections } from '../AlertSections';
import { KeptFromPeople } from './KeptFromPeople';
import { KpiFigures } from './KpiFigures';
import { Floods, Stale } from './Lasting';
import { LoadTable } from './LoadTable';
import { PriorityShares } from './PriorityShares';
import styles from './QualityPage.module.css';
import { OPERATORS, type QualityView, SPANS, type Span, searchOf, viewOf, windowOf } from './quality-view';
import { recordedWords } from './quality-words';
import { WorstActors } from './WorstActors';

const SPAN_WORDS: Record<Span, string> = {
  '1': '24 h',
  '7': '7 days',
  '30': '30 days',
  '90': '90 days',
  other: 'Other',
};
const REFRESH_MS = 60_000;
const ENOUGH_DAYS = 30;

/** Whether the alarms themselves are any good: the figures of ISA-18.2 with their targets, and what makes them bad. */
export function QualityPage() {
  const [search, setSearch] = useSearchParams();
  const view = viewOf(search);
  const change = (part: Partial<QualityView>) => setSearch(searchOf({ ...view, ...part }), { replace: true });
  const possible = windowOf(view, pageNowMs()) !== undefined;
  const kpi = useQuery({
    queryKey: keys.alarmKpi([view.span, view.fromDay, view.toDay].join(' '), view.operators),
    queryFn: () => {
      const window = windowOf(view, pageNowMs());
      return window ? fetchAlarmKpi(window, view.operators) : Promise.reject(new Error('no window'));
    },
    enabled: possible,
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  return (
    <ListPage title="Alerts" sections={<AlertSections />} tools={<WindowTools view={view} onChange={change} />}>
      {!possible ? (
        <PageState
          icon={<IconChartBar size={40} stroke={1.5} aria-hidden />}
          title="Which days?"
          detail="Choose the first and the last day."
        />
      ) : kpi.isPending ? (
        <PageLoading what="Reading the figures" />
      ) : !kpi.data ? (
        <ReadFailure title="The figures could not be read" error={kpi.error} onRetry={kpi.refetch} />
      ) : (
        <Quality kpi={kpi.data} fades={kpi.isPlaceholderData} />
      )}
    </ListPage>
  );
}

function WindowTools({ view, onChange }: { view: QualityView; onChange: (part: Partial<QualityView>) => void }) {
  return (
    <>
      <Choice
        className={styles.spans}
        label="Window"
        value={view.span}
        onChange={(span) => onChange({ span })}
        options={SPANS.map((value) => ({ value, label: SPAN_WORDS[value] }))}
      />
      {view.span === 'other' && (
        <>
          <TextInput
            type="date"
            aria-label="First day"
            value={view.fromDay}
            onChange={(event) => onChange({ fromDay: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label="Last day"
            value={view.toDay}
            onChange={(event) => onChange({ toDay: event.currentTarget.value })}
          />
        </>
      )}
      <NativeSelect
        className={styles.operators}
        aria-label="Operators who share the alarms"
        value={String(view.operators)}
        onChange={(event) => onChange({ operators: Number(event.currentTarget.value) })}
        data={OPERATORS.map((n) => ({ value: String(n), label: n === 1 ? '1 operator' : `${n} operators` }))}
      />
    </>
  );
}

function Quality({ kpi, fades }: { kpi: AlarmKpiDto; fades: boolean }) {
  return (
    <div className={styles.page} data-kpi data-enough={kpi.enoughData} aria-busy={fades}>
      {!kpi.enoughData && (
        <p className={styles.notEnough} role="status">
          <strong>Not enough data for a verdict.</strong> ISA-18.2 asks for {ENOUGH_DAYS} days; this window holds{' '}
          {recordedWords(kpi.days)} of records. The figures are what there is so far.
        </p>
      )}
      <KpiFigures kpi={kpi} />
      <div className={styles.columns}>
        <div className={styles.page}>
          <LoadTable kpi={kpi} />
          <WorstActors from={kpi.from} to={kpi.to} />
        </div>
        <div className={styles.page}>
          <PriorityShares kpi={kpi} />
          <KeptFromPeople silenced={kpi.silenced} />
          <Floods kpi={kpi} />
          <Stale kpi={kpi} />
        </div>
      </div>
    </div>
  );
}
