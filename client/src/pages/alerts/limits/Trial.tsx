import { Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Threshold } from '#domain/contract/alert.js';
import type { AlarmCounts, BacktestAnswer } from '#domain/contract/backtest.js';
import type { AlertType } from '#domain/contract/enums.js';
import { tryThresholds } from '../../../api/alarm-quality';
import { keys } from '../../../api/keys';
import { messageOf } from '../../../api/problem';
import { ALERT_TYPE_WORDS } from '../../../widgets/words';
import styles from './Limits.module.css';

const PAUSE_MS = 500;

export interface TrialProps {
  latheId: string;
  /** undefined while something is wrong with them */
  thresholds: readonly Threshold[] | undefined;
  changed: boolean;
}

/** What the last seven days of readings make of the limits, tried again after each change. */
export function Trial({ latheId, thresholds, changed }: TrialProps) {
  const [settled] = useDebouncedValue(thresholds, PAUSE_MS);
  const trial = useQuery({
    queryKey: keys.trial(latheId, JSON.stringify(settled)),
    queryFn: () => tryThresholds(latheId, settled ?? []),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!thresholds) return <p className="dim">Something above is not a limit yet; then it is tried.</p>;
  const { data } = trial;
  if (!data) {
    return trial.isError ? (
      <p className="dim">{messageOf(trial.error)}</p>
    ) : (
      <p className="dim" role="status">
        Trying them on the last seven days…
      </p>
    );
  }
  const waits = trial.isPlaceholderData || settled !== thresholds;
  return (
    <div className={styles.result} aria-busy={waits} data-trial={waits ? 'waits' : 'done'}>
      {data.samples === 0 ? (
        <p>There are no stored readings of the last seven days to try them on.</p>
      ) : (
        <p role="status">
          With {changed ? 'these' : 'the present'} limits the last 7 days would have raised{' '}
          <strong className="figure" data-trial-alarms={data.alarms}>
            {data.alarms.toLocaleString()} {data.alarms === 1 ? 'alarm' : 'alarms'}
          </strong>
          , {data.chattering.toLocaleString()} of them chattering.
          {changed && ` With the present ones ${countsWords(data.current)}.`}
        </p>
      )}
      <ByType data={data} />
      {data.samples > 0 && (
        <p className="dim">
          Tried on {data.coveredHours.toLocaleString()} h of readings every {data.sampleIntervalS} s: what lasts shorter
          is not seen.
          {data.truncated && ' There are more; the first ones count.'}
          {data.notTested.length > 0 &&
            ` No reading tells of ${data.notTested.map((type) => ALERT_TYPE_WORDS[type].toLowerCase()).join(' and ')}.`}
        </p>
      )}
      {waits && <Loader className={styles.waits} size="xs" color="gray" aria-label="Trying them" />}
    </div>
  );
}

function ByType({ data: { byType, current } }: { data: BacktestAnswer }) {
  const types = [...new Set([...Object.keys(byType), ...Object.keys(current.byType)])] as AlertType[];
  const rows = types
    .map((type) => ({ type, present: current.byType[type]?.alarms ?? 0, these: byType[type]?.alarms ?? 0 }))
    .filter(({ present, these }) => present > 0 || these > 0);
  if (rows.length === 0) return null;
  return (
    <table className={styles.byType}>
      <thead>
        <tr>
          <th>Alarm</th>
          <th>Present</th>
          <th>These</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ type, present, these }) => (
          <tr key={type} data-differs={present !== these}>
            <td>{ALERT_TYPE_WORDS[type]}</td>
            <td className="figure">{present}</td>
            <td className="figure">{these}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const countsWords = ({ alarms, chattering }: AlarmCounts): string =>
  `${alarms.toLocaleString()}, ${chattering.toLocaleString()} chattering`;
