import { Button } from '@mantine/core';
import { IconMail, IconPlus, IconSend, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { ChannelDto } from '#domain/contract/notification.js';
import { adminKeys, changeChannel, fetchChannels, removeChannel, testChannel } from '../../api/admin';
import { messageOf } from '../../api/problem';
import { ListPage } from '../../widgets/ListPage';
import { ListTable } from '../../widgets/ListTable';
import { notify } from '../../widgets/notice-store';
import { PageLoading, PageState } from '../../widgets/PageState';
import { ReadFailure } from '../../widgets/ReadFailure';
import { AdminPage } from './AdminPage';
import styles from './AdminPage.module.css';
import { placeWords, routeWords } from './admin-words';
import { DeliveryTable } from './DeliveryTable';

const ChannelDialog = lazy(() => import('./ChannelDialog'));
const ConfirmDialog = lazy(() => import('../../widgets/ConfirmDialog'));

/** Who is told of alerts away from this page, and what became of each message. */
export function NotificationsSection() {
  return (
    <AdminPage>
      <Channels />
    </AdminPage>
  );
}

function Channels() {
  const [adding, setAdding] = useState(false);
  const channels = useQuery({ queryKey: adminKeys.channels, queryFn: fetchChannels });
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
      Add a channel
    </Button>
  );
  return (
    <ListPage title="Notifications" tools={add}>
      {channels.isPending ? (
        <PageLoading what="Reading the channels" />
      ) : !channels.data ? (
        <ReadFailure title="The channels could not be read" error={channels.error} onRetry={channels.refetch} />
      ) : channels.data.length === 0 ? (
        <PageState
          icon={<IconSend size={40} stroke={1.5} aria-hidden />}
          title="Nobody is told yet"
          detail="Alerts are shown on this page only. Add a channel to send them by e-mail or to another program."
        />
      ) : (
        <ListTable columns={['Channel', 'To', 'Of what']} withActs>
          {channels.data.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ListTable>
      )}
      <DeliveryTable />
      {adding && (
        <Suspense fallback={null}>
          <ChannelDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </ListPage>
  );
}

function ChannelRow({ channel }: { channel: ChannelDto }) {
  const cache = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const refresh = () => cache.invalidateQueries({ queryKey: ['notifications'] });
  const onError = (error: Error) => notify({ tone: 'problem', text: messageOf(error) });
  const test = useMutation({
    mutationFn: () => testChannel(channel.id),
    onSuccess: ({ state, error }) => {
      if (state === 'delivered') notify({ tone: 'done', text: `${channel.name} took the test message.` });
      else notify({ tone: 'problem', text: `${channel.name}: ${error ?? 'the test message was not taken'}` });
      void refresh();
    },
    onError,
  });
  const toggle = useMutation({
    mutationFn: () => changeChannel(channel.id, { enabled: !channel.enabled }),
    onSuccess: () => void refresh(),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => removeChannel(channel.id),
    onSuccess: () => void refresh(),
    onError,
  });
  const Icon = channel.kind === 'email' ? IconMail : IconWebhook;
  return (
    <tr data-channel-id={channel.id}>
      <td>
        <Icon size={18} aria-hidden /> <strong>{channel.name}</strong>
        {!channel.enabled && <span className="dim"> switched off</span>}
      </td>
      <td data-label="To" className={styles.wide}>
        {placeWords(channel)}
      </td>
      <td data-label="Of what">{routeWords(channel)}</td>
      <td>
        <div className={styles.acts}>
          <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.mutate()}>
            Test
          </Button>
          <Button variant="default" size="xs" loading={toggle.isPending} onClick={() => toggle.mutate()}>
            {channel.enabled ? 'Switch off' : 'Switch on'}
          </Button>
          <Button variant="default" size="xs" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </div>
        {removing && (
          <Suspense fallback={null}>
            <ConfirmDialog
              title={`Remove ${channel.name}?`}
              act="Remove"
              busy={remove.isPending}
              onConfirm={() => remove.mutate()}
              onClose={() => setRemoving(false)}
            >
              Nobody is told through it any more. What was sent stays in the log.
            </ConfirmDialog>
          </Suspense>
        )}
      </td>
    </tr>
  );
}
