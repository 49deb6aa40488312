import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { NEWS } from '#domain/contract/notification.js';
import { addChannel } from '../../api/admin';
import { CheckField } from '../../widgets/CheckField';
import { FormDialog } from '../../widgets/FormDialog';
import { notify } from '../../widgets/notice-store';
import { SecretInput } from '../../widgets/SecretInput';
import styles from './AdminPage.module.css';
import { NEWS_WORDS } from './admin-words';
import { type ChannelDraft, channelOf, NEW_CHANNEL } from './channel-draft';

const PRIORITIES = [1, 2, 3, 4];
type Change = (change: Partial<ChannelDraft>) => void;

/** A new way to people: where to, of what, when. */
export default function ChannelDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState(NEW_CHANNEL);
  const change: Change = (part) => setDraft((known) => ({ ...known, ...part }));
  const result = channelOf(draft);
  const add = useMutation({
    mutationFn: addChannel,
    onSuccess: ({ name }) => {
      notify({ tone: 'done', text: `${name} is added. Send a test to see that it arrives.` });
      void cache.invalidateQueries({ queryKey: ['notifications'] });
      onClose();
    },
  });
  const toggled = <Value,>(list: Value[], value: Value) =>
    list.includes(value) ? list.filter((known) => known !== value) : [...list, value];
  return (
    <FormDialog
      title="Add a channel"
      act="Add"
      possible={'channel' in result}
      busy={add.isPending}
      error={add.error}
      onSubmit={() => 'channel' in result && add.mutate(result.channel)}
      onClose={onClose}
    >
      <NativeSelect
        label="By"
        value={draft.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as ChannelDraft['kind'] })}
        data={[
          { value: 'email', label: 'E-mail' },
          { value: 'webhook', label: 'Webhook: another program' },
        ]}
      />
      <Field label="Name" field="name" draft={draft} change={change} autoFocus />
      {draft.kind === 'webhook' ? <WebhookFields {...{ draft, change }} /> : <EmailFields {...{ draft, change }} />}
      <fieldset className={styles.checks}>
        <legend>Priorities</legend>
        {PRIORITIES.map((priority) => (
          <CheckField
            key={priority}
            name={`priority-${priority}`}
            checked={draft.priorities.includes(priority)}
            onChange={() => change({ priorities: toggled(draft.priorities, priority) })}
          >
            Priority {priority}
          </CheckField>
        ))}
      </fieldset>
      <fieldset className={styles.checks}>
        <legend>Tell when</legend>
        {NEWS.map((news) => (
          <CheckField
            key={news}
            name={`news-${news}`}
            checked={draft.news.includes(news)}
            onChange={() => change({ news: toggled(draft.news, news) })}
          >
            {NEWS_WORDS[news]}
          </CheckField>
        ))}
      </fieldset>
      <Field label="Lathes (empty: all)" field="lathes" draft={draft} change={change} />
      <Field
        label="Only when nobody has acknowledged for, min (0: at once)"
        field="afterMinutes"
        type="number"
        draft={draft}
        change={change}
      />
      <Field label="At most this many messages" field="messages" type="number" draft={draft} change={change} />
      <Field label="in so many minutes" field="perMinutes" type="number" draft={draft} change={change} />
      {'fault' in result && draft.name !== '' && <p className="dim">{result.fault}</p>}
    </FormDialog>
  );
}

function WebhookFields({ draft, change }: { draft: ChannelDraft; change: Change }) {
  return (
    <>
      <Field label="Address" field="url" type="url" draft={draft} change={change} />
      <SecretInput
        label="Secret that signs the messages, 16 characters or more"
        autoComplete="off"
        value={draft.secret}
        onChange={(event) => change({ secret: event.currentTarget.value })}
      />
    </>
  );
}

function EmailFields({ draft, change }: { draft: ChannelDraft; change: Change }) {
  return (
    <>
      <Field label="To (several apart by commas)" field="to" draft={draft} change={change} />
      <Field label="From" field="from" type="email" draft={draft} change={change} />
      <Field label="Mail server" field="host" draft={draft} change={change} />
      <Field label="Port" field="port" type="number" draft={draft} change={change} />
      <NativeSelect
        label="Encryption"
        value={draft.security}
        onChange={(event) => change({ security: event.currentTarget.value as ChannelDraft['security'] })}
        data={[
          { value: 'starttls', label: 'STARTTLS' },
          { value: 'tls', label: 'TLS from the start' },
          { value: 'none', label: 'None' },
        ]}
      />
      <Field label="User (where the server wants one)" field="user" draft={draft} change={change} />
      <TextInput
        label="Password"
        type="password"
        autoComplete="off"
        value={draft.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
    </>
  );
}

type TextField = Exclude<keyof ChannelDraft, 'kind' | 'security' | 'priorities' | 'news'>;

interface FieldProps {
  label: string;
  field: TextField;
  draft: ChannelDraft;
  change: Change;
  type?: 'text' | 'number' | 'url' | 'email';
  autoFocus?: boolean;
}

function Field({ label, field, draft, change, type = 'text', autoFocus = false }: FieldProps) {
  return (
    <TextInput
      label={label}
      name={field}
      type={type}
      value={draft[field]}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  );
}
