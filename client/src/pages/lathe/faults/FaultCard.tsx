import { Button } from '@mantine/core';
import type { FaultDto } from '#domain/contract/fault.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { digitsOf, FIGURES } from '../../../widgets/figures';
import { Since } from '../../../widgets/TimeStamp';
import { ageWords } from '../../../widgets/words';
import styles from './Faults.module.css';
import { FAULT_WORDS } from './fault-words';

export interface FaultCardProps {
  fault: FaultDto;
  /** machine time per wall time */
  timeScale: number;
  ending: boolean;
  onEnd: () => void;
}

/** One fault that waits or acts: how strong it is, how long it lasts, and the button that ends it. */
export function FaultCard({ fault, timeScale, ending, onEnd }: FaultCardProps) {
  const { name, graded } = FAULT_WORDS[fault.type];
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  return (
    <li className={styles.card} data-fault={fault.type} data-state={fault.state}>
      <div className={styles.head}>
        <strong>
          {name}
          {fault.channel && `: ${labelOf(fault.channel)}`}
        </strong>
        <Button
          variant="default"
          size="compact-md"
          loading={ending}
          aria-label={`End ${name}`}
          data-action="end-fault"
          onClick={onEnd}
        >
          End
        </Button>
      </div>
      {graded && (
        <>
          <div
            className={styles.severity}
            role="progressbar"
            aria-label="Severity"
            aria-valuenow={Math.round(fault.severityNow * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <div style={{ width: `${fault.severityNow * 100}%` }} />
            <span style={{ left: `${fault.severity * 100}%` }} />
          </div>
          <p className="figure">
            {percent(fault.severityNow)}
            {fault.severityNow < fault.severity - 0.005 && <span className="dim"> of {percent(fault.severity)}</span>}
          </p>
        </>
      )}
      {fault.channel && fault.state === 'active' && <Reading fault={fault} channel={fault.channel as ChannelName} />}
      <p className="dim">
        {fault.state === 'waiting' ? 'Waits for its time' : leftWords(fault, timeScale)}, by {fault.by},{' '}
        <Since iso={fault.startedAt ?? fault.requestedAt} />
      </p>
    </li>
  );
}

function Reading({ fault, channel }: { fault: FaultDto; channel: ChannelName }) {
  const { unit } = FIGURES[channel];
  return (
    <p className="figure">
      Shows {digitsOf(channel, fault.reading ?? Number.NaN)}, truly {digitsOf(channel, fault.truth ?? Number.NaN)}{' '}
      {unit}
    </p>
  );
}

/** Time left by the clock on the wall. */
function leftWords({ remainingMinutes }: FaultDto, timeScale: number): string {
  if (remainingMinutes === undefined) return 'Until it is ended';
  return `${ageWords((remainingMinutes * 60_000) / timeScale)} left`;
}

const labelOf = (channel: string): string => FIGURES[channel as ChannelName]?.label ?? channel;
