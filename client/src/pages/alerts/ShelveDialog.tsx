import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { useAlertAct } from '../../api/useAlertAct';
import { pageNowMs } from '../../live/clock';
import { CheckField } from '../../widgets/CheckField';
import { FormDialog } from '../../widgets/FormDialog';
import { notify } from '../../widgets/notice-store';

/** No shelf lasts longer than a shift. */
const MOST_MINUTES = 480;
const OTHER = 'other';
const SPANS: [string, string][] = [
  ['15', '15 minutes'],
  ['30', '30 minutes'],
  ['60', '1 hour'],
  ['120', '2 hours'],
  ['240', '4 hours'],
  ['480', '8 hours'],
  [OTHER, 'Another time…'],
];
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });

/** Keeps alerts from people for a while, with a reason that others can read. */
export default function ShelveDialog({ alerts, onClose }: { alerts: readonly AlertDto[]; onClose: () => void }) {
  const [left, setLeft] = useState(alerts);
  const [span, setSpan] = useState('30');
  const [other, setOther] = useState('');
  const [reason, setReason] = useState('');
  const [oneShot, setOneShot] = useState(false);
  const { busy, error, run } = useAlertAct();
  const minutes = Number(span === OTHER ? other.replace(',', '.') : span);
  const possible = reason.trim() !== '' && minutes > 0 && minutes <= MOST_MINUTES;
  const shelve = async () => {
    const act = { verb: 'shelve', minutes, reason: reason.trim(), ...(oneShot ? { oneShot } : {}) } as const;
    const done = new Set((await run(left, act)).map(({ id }) => id));
    const rest = left.filter(({ id }) => !done.has(id));
    if (rest.length > 0) {
      setLeft(rest);
      return;
    }
    const what = alerts.length === 1 ? 'The alert is' : `${alerts.length} alerts are`;
    notify({ tone: 'done', text: `${what} shelved until ${endWords(minutes)}.` });
    onClose();
  };
  return (
    <FormDialog
      title={alerts.length === 1 ? 'Shelve the alert' : `Shelve ${alerts.length} alerts`}
      act={possible ? `Shelve until ${endWords(minutes)}` : 'Shelve'}
      possible={possible}
      busy={busy}
      error={error}
      onSubmit={() => void shelve()}
      onClose={onClose}
    >
      {alerts.length === 1 && <p>{alerts[0]?.message}</p>}
      <p className="dim">
        A shelved alert is still watched and recorded. If its cause lasts, it comes back unacknowledged at the end.
      </p>
      <TextInput
        label="Reason"
        name="reason"
        required
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NativeSelect
        label="For how long"
        name="span"
        value={span}
        onChange={(event) => setSpan(event.currentTarget.value)}
        data={SPANS.map(([value, label]) => ({ value, label }))}
      />
      {span === OTHER && (
        <TextInput
          label="Minutes"
          name="minutes"
          description={`At most ${MOST_MINUTES}`}
          inputMode="decimal"
          required
          value={other}
          error={other !== '' && !(minutes > 0 && minutes <= MOST_MINUTES) && `More than 0, at most ${MOST_MINUTES}`}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      )}
      <CheckField name="oneShot" checked={oneShot} onChange={setOneShot}>
        Bring it back as soon as it has returned to normal once
      </CheckField>
    </FormDialog>
  );
}

function endWords(minutes: number): string {
  return CLOCK.format(new Date(pageNowMs() + minutes * 60_000));
}
