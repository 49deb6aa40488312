import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { adminKeys, fetchDeliveries } from '../../api/admin';
import { ListTable } from '../../widgets/ListTable';
import { PageLoading } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { TimeStamp } from '../../widgets/TimeStamp';
import styles from './AdminPage.module.css';
import { DELIVERY_WORDS } from './admin-words';

const REFRESH_MS = 5000;

/** What was sent, what waits, and what failed and why, over the last 30 days. */
export function DeliveryTable() {
  const list = useInfiniteQuery({
    queryKey: adminKeys.deliveries,
    queryFn: ({ pageParam }) => fetchDeliveries(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: REFRESH_MS,
  });
  const deliveries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.section} aria-label="Messages">
      <h2>Messages</h2>
      {list.isPending ? (
        <PageLoading what="Reading the messages" />
      ) : !list.data ? (
        <ReadFailure title="The messages could not be read" error={list.error} onRetry={list.refetch} />
      ) : deliveries.length === 0 ? (
        <p className="dim">No message was sent in the last 30 days.</p>
      ) : (
        <ListTable columns={['Message', 'When', 'Channel', 'State', 'Attempts']}>
          {deliveries.map(({ id, summary, createdAt, channelName, state, error, attempts }) => (
            <tr key={id} data-delivery-state={state}>
              <td className={styles.wide}>{summary}</td>
              <td data-label="When">
                <TimeStamp iso={createdAt} />
              </td>
              <td data-label="Channel">{channelName}</td>
              <td data-label="State" className={styles.wide}>
                <span className={state === 'failed' ? styles.problem : undefined}>{DELIVERY_WORDS[state]}</span>
                {error && <div className="dim">{error}</div>}
              </td>
              <td data-label="Attempts" className="figure">
                {attempts}
              </td>
            </tr>
          ))}
        </ListTable>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show older
        </Button>
      )}
    </section>
  );
}
