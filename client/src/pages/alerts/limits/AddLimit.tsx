import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AlertType } from '#domain/contract/enums.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../../widgets/figures';
import { ALERT_TYPE_WORDS } from '../../../widgets/words';
import styles from './Limits.module.css';
import { channelsOf, LIMIT_TYPES } from './limit-choices';

type LimitType = (typeof LIMIT_TYPES)[number];

/** A limit that the lathe does not have yet: what kind of alarm it raises, and of which reading. */
export function AddLimit({ onAdd }: { onAdd: (type: AlertType, channel: ChannelName) => void }) {
  const [type, setType] = useState<LimitType>('HIGH_TEMPERATURE');
  const [wished, setWished] = useState<ChannelName>();
  const channels = channelsOf(type);
  const channel = wished && channels.includes(wished) ? wished : channels[0];
  return (
    <div className={styles.add}>
      <NativeSelect
        label="Kind of alarm"
        value={type}
        onChange={(event) => setType(event.currentTarget.value as LimitType)}
        data={LIMIT_TYPES.map((value) => ({ value, label: ALERT_TYPE_WORDS[value] }))}
      />
      <NativeSelect
        label="Reading"
        value={channel}
        onChange={(event) => setWished(event.currentTarget.value as ChannelName)}
        data={channels.map((value) => ({ value, label: FIGURES[value].label }))}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => channel && onAdd(type, channel)}
      >
        Add a limit
      </Button>
    </div>
  );
}
