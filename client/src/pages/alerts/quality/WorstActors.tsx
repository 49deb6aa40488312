import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { WorstActorDto } from '#domain/contract/backtest.js';
import { fetchWorstActors } from '../../../api/alarm-quality';
import { keys } from '../../../api/keys';
import { messageOf } from '../../../api/problem';
import { useRights } from '../../../api/useSession';
import { pageNowMs } from '../../../live/clock';
import { pointTitle } from '../../../widgets/alert-title';
import { LatheLink } from '../../../widgets/LatheLink';
import { Panel } from '../../../widgets/Panel';
import styles from './QualityPage.module.css';
import { endOf } from './quality-view';
import { changeWords, noProposalWords } from './quality-words';

/** Readings of longer than this are not played: it would take minutes. */
const PLAYED_DAYS = 7;
const FRESH_MS = 10 * 60_000;
const HOUR_CHARS = 13;

/** The alarms that make most of the load, each with the smallest change that would quieten it, tried on stored readings. */
export function WorstActors({ from, to }: { from: string; to: string }) {
  const window = endOf({ from, to }, PLAYED_DAYS, pageNowMs());
  const worst = useQuery({
    // Figures that are read anew each minute do not play the readings again each minute.
    queryKey: keys.worstActors(`${window.from.slice(0, HOUR_CHARS)} ${window.to.slice(0, HOUR_CHARS)}`),
    queryFn: () => fetchWorstActors(window),
    staleTime: FRESH_MS,
  });
  const items = worst.data?.items ?? [];
  return (
    <Panel title="What would quieten the worst">
      {worst.isPending && (
        <p className="dim">Trying delays and deadbands on the last {PLAYED_DAYS} days of readings…</p>
      )}
      {worst.isError && !worst.data && <p className="dim">{messageOf(worst.error)}</p>}
      {worst.data && items.length === 0 && <p className="dim">No alarm was raised in the last {PLAYED_DAYS} days.</p>}
      <ul className={styles.actors}>
        {items.map((item) => (
          <li key={`${item.latheId} ${item.type} ${item.channel}`} data-actor={item.type}>
            <Actor item={item} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Actor({ item }: { item: WorstActorDto }) {
  const { latheId, type, channel, alarms, proposal, sampleIntervalS } = item;
  const { maintain } = useRights();
  return (
    <>
      <div>
        <p>
          <strong>{pointTitle(type, channel)}</strong> <LatheLink latheId={latheId} />{' '}
          <span className="dim">
            {alarms} {alarms === 1 ? 'alarm' : 'alarms'}
          </span>
        </p>
        {proposal ? (
          <p>
            With {changeWords(proposal.change, item)}: {proposal.after.alarms} instead of {proposal.before.alarms}
            {proposal.before.chattering > 0 &&
              `, ${proposal.after.chattering} instead of ${proposal.before.chattering} chattering`}{' '}
            <span className="dim">on readings every {sampleIntervalS} s</span>
          </p>
        ) : (
          <p className="dim">{noProposalWords(item)}</p>
        )}
      </div>
      {proposal && (
        <Button component={Link} href={trialPath(item)} variant="default" size="compact-md" data-action="try-limits">
          {maintain ? 'Try and set' : 'Look at it'}
        </Button>
      )}
    </>
  );
}

function trialPath({ latheId, type, channel, proposal }: WorstActorDto): string {
  const search = new URLSearchParams({ lathe: latheId, type, channel: channel ?? '' });
  for (const [name, value] of Object.entries(proposal?.change ?? {})) search.set(name, String(value));
  return `/alerts/limits?${search}`;
}
