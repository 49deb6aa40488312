import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconHistoryOff, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AUDIT_ACTS, type AuditEntryDto } from '#domain/contract/audit.js';
import { type AuditFilter, adminKeys, fetchAudit, verifyAudit } from '../../api/admin';
import { messageOf } from '../../api/problem';
import { ListPage } from '../../widgets/ListPage';
import { ListTable } from '../../widgets/ListTable';
import { PageLoading, PageState } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { TimeStamp } from '../../widgets/TimeStamp';
import { AdminPage } from './AdminPage';
import styles from './AdminPage.module.css';
import { ACT_WORDS, OUTCOME_WORDS, verdictWords } from './admin-words';

/** Who did what and when, and the proof that nobody has changed the record since. */
export function AuditSection() {
  return (
    <AdminPage>
      <AuditList />
    </AdminPage>
  );
}

function AuditList() {
  const [filter, setFilter] = useState<AuditFilter>({ actor: '', act: '', from: '' });
  const list = useInfiniteQuery({
    queryKey: adminKeys.audit(filter),
    queryFn: ({ pageParam }) => fetchAudit(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  });
  const verify = useMutation({ mutationFn: verifyAudit });
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <ListPage
      title="Audit"
      tools={
        <>
          <TextInput
            aria-label="User"
            placeholder="Any user"
            value={filter.actor}
            onChange={(event) => setFilter({ ...filter, actor: event.currentTarget.value.trim() })}
          />
          <NativeSelect
            aria-label="Act"
            value={filter.act}
            onChange={(event) => setFilter({ ...filter, act: event.currentTarget.value })}
            data={[
              { value: '', label: 'Every act' },
              ...AUDIT_ACTS.map((act) => ({ value: act, label: ACT_WORDS[act] })),
            ]}
          />
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={18} aria-hidden />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            Verify
          </Button>
        </>
      }
      onOlder={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
      readsOlder={list.isFetchingNextPage}
    >
      <div role="status">
        {verify.data && (
          <div className={styles.verdict} data-ok={verify.data.ok}>
            <strong>{verdictWords(verify.data)}</strong>
            {verify.data.head && (
              <div className="dim">
                Entry {verify.data.head.n}: {verify.data.head.hash}
              </div>
            )}
          </div>
        )}
        {verify.isError && <p className={styles.problem}>{messageOf(verify.error)}</p>}
      </div>
      {list.isPending ? (
        <PageLoading what="Reading the record" />
      ) : !list.data ? (
        <ReadFailure title="The record could not be read" error={list.error} onRetry={list.refetch} />
      ) : entries.length === 0 ? (
        <PageState
          icon={<IconHistoryOff size={40} stroke={1.5} aria-hidden />}
          title="Nothing on record"
          detail="Nothing fits these filters."
        />
      ) : (
        <ListTable columns={['No.', 'When', 'Who', 'What', 'On', 'From', 'Outcome', 'Details']}>
          {entries.map((entry) => (
            <EntryRow key={entry.n} entry={entry} />
          ))}
        </ListTable>
      )}
    </ListPage>
  );
}

function EntryRow({ entry }: { entry: AuditEntryDto }) {
  return (
    <tr data-audit-n={entry.n}>
      <td className="figure">{entry.n}</td>
      <td data-label="When">
        <TimeStamp iso={entry.at} />
      </td>
      <td data-label="Who">{entry.actor}</td>
      <td data-label="What">{ACT_WORDS[entry.act]}</td>
      <td data-label="On" className={styles.wide}>
        {entry.subject ?? ''}
      </td>
      <td data-label="From">{entry.address ?? ''}</td>
      <td data-label="Outcome">{OUTCOME_WORDS[entry.outcome]}</td>
      <td className={styles.wide}>
        <Details details={entry.details} />
      </td>
    </tr>
  );
}

/** What the person said about it in plain sight, the rest on demand. */
function Details({ details = {} }: { details?: AuditEntryDto['details'] }) {
  const { reason, comment, ...rest } = details;
  const said = reason ?? comment;
  return (
    <>
      {typeof said === 'string' && <q>{said}</q>}
      {Object.keys(rest).length > 0 && (
        <details>
          <summary>Show</summary>
          {JSON.stringify(rest)}
        </details>
      )}
    </>
  );
}
