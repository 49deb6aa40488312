import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { fetchThresholds } from '../../../api/alerts';
import { keys } from '../../../api/keys';
import { useLathes } from '../../../api/useLathes';
import { ListPage } from '../../../widgets/ListPage';
import { PageLoading, PageState } from '../../../widgets/PageState';
import { ReadFailure } from '../../../widgets/ReadFailure';
import { byLatheId } from '../../../widgets/words';
import { AlertSections } from '../AlertSections';
import { LimitsEditor } from './LimitsEditor';
import { proposalOf } from './proposal';

/** The limits of a lathe that raise its alarms, and what others would have raised. */
export function LimitsPage() {
  const [search, setSearch] = useSearchParams();
  const [unsaved, setUnsaved] = useState(false);
  const lathes = useLathes();
  const all = [...(lathes.data ?? [])].sort(byLatheId);
  const latheId = search.get('lathe') ?? all[0]?.id ?? '';
  const limits = useQuery({
    queryKey: keys.thresholds(latheId),
    queryFn: () => fetchThresholds(latheId),
    enabled: latheId !== '',
    // What somebody is changing must not be replaced under the fingers.
    refetchOnWindowFocus: !unsaved,
    refetchOnReconnect: !unsaved,
  });
  const choice = (
    <NativeSelect
      aria-label="Lathe"
      value={latheId}
      disabled={unsaved}
      title={unsaved ? 'Save or discard your changes first' : undefined}
      onChange={(event) => setSearch({ lathe: event.currentTarget.value }, { replace: true })}
      data={all.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
  return (
    <ListPage title="Alerts" sections={<AlertSections />} tools={choice}>
      {lathes.data?.length === 0 ? (
        <PageState title="No lathes yet" detail="Limits belong to a lathe, and the plant has none." />
      ) : limits.isPending ? (
        <PageLoading what="Reading the limits" />
      ) : !limits.data ? (
        <ReadFailure title="The limits could not be read" error={limits.error} onRetry={limits.refetch} />
      ) : (
        <LimitsEditor
          key={`${latheId} ${search} ${limits.dataUpdatedAt}`}
          latheId={latheId}
          inForce={limits.data}
          onReread={limits.refetch}
          proposal={proposalOf(search)}
          onUnsaved={setUnsaved}
          onDone={() => setSearch({ lathe: latheId }, { replace: true })}
        />
      )}
    </ListPage>
  );
}
