import { ActionIcon } from '@mantine/core';
import { IconVolume, IconVolume3, IconVolumeOff } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { AlertDto } from '#domain/contract/alert.js';
import { byNewest } from '../../../api/alert-order';
import { useWaitingAlerts } from '../../../api/useAlerts';
import { pageNowMs } from '../../../live/clock';
import { pageTimers } from '../../../live/throttle';
import { Ringer } from './ringer';
import { openSpeaker, openSpeakerAtFirstTouch, setMuted, soundTone, speakerStore } from './speaker';

/** Sounds while alarms wait, and the switch that silences it. Silence acknowledges nothing. */
export function AlarmBell() {
  const { muted, audible } = useStore(speakerStore);
  const waiting = useWaitingAlerts();
  const [ringer] = useState(() => new Ringer(soundTone, pageTimers, pageNowMs));
  const priority = waiting[0]?.priority;
  const arrival = useMemo(() => newestOf(waiting)?.id, [waiting]);

  useEffect(openSpeakerAtFirstTouch, []);
  useEffect(() => {
    const heard = priority !== undefined && arrival !== undefined && audible && !muted;
    ringer.attend(heard ? { priority, arrival } : undefined);
  }, [ringer, priority, arrival, audible, muted]);
  useEffect(() => () => ringer.attend(undefined), [ringer]);

  return <SoundSwitch muted={muted} blocked={!muted && !audible} />;
}

const SoundSwitch = memo(function SoundSwitch({ muted, blocked }: { muted: boolean; blocked: boolean }) {
  const words = muted
    ? 'Alarm sound is off: switch it on'
    : blocked
      ? 'The browser keeps alarms silent until you press something'
      : 'Alarm sound is on: switch it off';
  const Icon = muted ? IconVolumeOff : blocked ? IconVolume3 : IconVolume;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      data-sound={muted ? 'muted' : blocked ? 'blocked' : 'on'}
      aria-pressed={!muted}
      aria-label="Alarm sound"
      title={words}
      onClick={() => {
        void openSpeaker();
        if (!blocked) setMuted(!muted);
      }}
    >
      <Icon size={20} aria-hidden />
    </ActionIcon>
  );
});

function newestOf(alerts: readonly AlertDto[]): AlertDto | undefined {
  let newest = alerts[0];
  for (const alert of alerts) if (newest && byNewest(alert, newest) < 0) newest = alert;
  return newest;
}
