import { Button } from '@mantine/core';
import { IconClipboardOff, IconDownload, IconLock } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { fetchJobs } from '../../api/jobs';
import { keys } from '../../api/keys';
import { messageOf, ProblemError } from '../../api/problem';
import { useLatheName } from '../../api/useLathes';
import { ListPage } from '../../widgets/ListPage';
import { ListTable } from '../../widgets/ListTable';
import { PageLoading, PageState } from '../../widgets/PageState';
import { JobFilters } from './JobFilters';
import { JobRow } from './JobRow';
import { downloadCsv } from './jobs-csv';

const PAGE = 50;

export interface JobsView {
  status: string;
  /** how far back, h; empty: everything */
  hours: string;
}

/** The history of all jobs, or of one lathe: filters, progress of what runs, and the same again. */
export function JobsPage({ latheId }: { latheId: string | undefined }) {
  const [, navigate] = useLocation();
  const [view, setView] = useState<JobsView>({ status: '', hours: '' });
  const [from, setFrom] = useState('');
  const latheName = useLatheName(latheId ?? '');
  const filter = { latheId: latheId ?? '', status: view.status, from };
  const list = useInfiniteQuery({
    queryKey: keys.jobList(filter),
    queryFn: ({ pageParam }) => fetchJobs(filter, PAGE, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
  const jobs = list.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: JobsView) => {
    // Fixed at the moment of the choice: a bound that moved along would be another query on every render.
    if (next.hours !== view.hours)
      setFrom(next.hours ? new Date(Date.now() - Number(next.hours) * 3.6e6).toISOString() : '');
    setView(next);
  };

  return (
    <ListPage
      title={latheName ? `Jobs of ${latheName}` : 'Jobs'}
      tools={
        <>
          <JobFilters
            latheId={latheId}
            view={view}
            onLathe={(id) => navigate(id ? `/jobs/${id}` : '/jobs')}
            onChange={change}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            disabled={jobs.length === 0}
            onClick={() => downloadCsv(jobs)}
          >
            CSV
          </Button>
        </>
      }
      onOlder={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      readsOlder={list.isFetchingNextPage}
    >
      {list.isPending ? (
        <PageLoading what="Reading jobs" />
      ) : list.isError && !list.data ? (
        <ListFault error={list.error} onRetry={() => list.refetch()} />
      ) : jobs.length === 0 ? (
        <PageState
          icon={<IconClipboardOff size={40} stroke={1.5} aria-hidden />}
          title="No jobs here"
          detail="Nothing fits these filters. Operators start jobs from a lathe on the floor."
        />
      ) : (
        <ListTable columns={['Job', 'Lathe', 'Work', 'Tool', 'Operator', 'Started', 'Time', 'Status']} withActs>
          {jobs.map((job) => (
            <JobRow key={job.JobID} job={job} />
          ))}
        </ListTable>
      )}
    </ListPage>
  );
}

function ListFault({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof ProblemError && error.status === 403) {
    return (
      <PageState
        icon={<IconLock size={40} stroke={1.5} aria-hidden />}
        title="Not for this account"
        detail="Jobs are shown to operators and managers."
      />
    );
  }
  return (
    <PageState title="The jobs could not be read" detail={messageOf(error)}>
      <Button onClick={onRetry}>Try again</Button>
    </PageState>
  );
}
