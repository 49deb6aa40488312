import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconFlask } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { LatheDto } from '#domain/contract/lathe.js';
import { RECORD_FLAG } from '#domain/telemetry/frame.js';
import { useLathes } from '../../api/useLathes';
import { HealthBadge } from '../../widgets/HealthBadge';
import { LiveAge } from '../../widgets/LiveAge';
import { LiveFlag } from '../../widgets/LiveFlag';
import { StatusBadge } from '../../widgets/StatusBadge';
import { byLatheId } from '../../widgets/words';
import styles from './LatheHeader.module.css';

export function LatheHeader({ lathe }: { lathe: LatheDto }) {
  const all = [...(useLathes().data ?? [])].sort(byLatheId);
  const here = all.findIndex(({ id }) => id === lathe.id);
  return (
    <header className={styles.head} data-lathe={lathe.id} data-status={lathe.status} data-health={lathe.healthBand}>
      <ActionIcon
        component={Link}
        href="/dashboard"
        variant="subtle"
        color="gray"
        size="lg"
        aria-label="To the floor"
        title="To the floor"
      >
        <IconArrowLeft size={22} />
      </ActionIcon>
      <div className={styles.name}>
        <h1>{lathe.name}</h1>
        <span className="dim">
          {lathe.id}, {lathe.model}
        </span>
      </div>
      <StatusBadge status={lathe.status} />
      <LiveFlag latheId={lathe.id} bit={RECORD_FLAG.faultInjected}>
        <IconFlask size={18} stroke={1.75} aria-hidden />
        Fault injected
      </LiveFlag>
      <HealthBadge band={lathe.healthBand} latheId={lathe.id} />
      <LiveAge latheId={lathe.id} />
      <nav className={styles.neighbours} aria-label="Other lathes">
        <Neighbour lathe={all[here - 1]} word="Previous" icon={<IconChevronLeft size={22} />} />
        <Neighbour lathe={all[here + 1]} word="Next" icon={<IconChevronRight size={22} />} />
      </nav>
    </header>
  );
}

function Neighbour({ lathe, word, icon }: { lathe: LatheDto | undefined; word: string; icon: ReactNode }) {
  if (!lathe) {
    return (
      <ActionIcon variant="default" size="lg" disabled aria-label={`${word} lathe`}>
        {icon}
      </ActionIcon>
    );
  }
  const label = `${word}: ${lathe.name}`;
  return (
    <ActionIcon
      component={Link}
      href={`/lathes/${lathe.id}`}
      variant="default"
      size="lg"
      aria-label={label}
      title={label}
    >
      {icon}
    </ActionIcon>
  );
}
