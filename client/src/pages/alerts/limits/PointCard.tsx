import { Button } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { pointTitle } from '../../../widgets/alert-title';
import { PriorityMark } from '../../../widgets/PriorityMark';
import { LimitRow } from './LimitRow';
import styles from './Limits.module.css';
import { type Faults, type LimitDraft, limitWords } from './limits-draft';

/** No alarm has more limits than there are priorities. */
const MOST_LIMITS = 4;

export interface PointCardProps {
  /** of one alarm, at least one */
  limits: readonly LimitDraft[];
  faults: Faults;
  changed: boolean;
  readOnly: boolean;
  onChange: (key: number, part: Partial<LimitDraft>) => void;
  onRemove: (key: number) => void;
  onAdd: () => void;
}

/** One alarm with its limits: in a line of words, and in fields when it is opened. */
export function PointCard({ limits, faults, changed, readOnly, onChange, onRemove, onAdd }: PointCardProps) {
  const [first] = limits;
  if (!first) return null;
  const byPriority = limits.toSorted((a, b) => a.priority - b.priority);
  return (
    <details className={styles.point} data-point={`${first.type}:${first.channel}`} open={changed || undefined}>
      <summary>
        <IconChevronRight size={18} aria-hidden className={styles.chevron} />
        <strong>{pointTitle(first.type, first.channel)}</strong>
        {changed && <span className={styles.changed}>changed</span>}
        <span className={styles.words}>
          {byPriority.map((limit) => (
            <span key={limit.key}>
              <PriorityMark priority={limit.priority} size={20} /> {limitWords(limit)}
            </span>
          ))}
        </span>
      </summary>
      <div className={styles.rows}>
        {limits.map((limit) => (
          <LimitRow
            key={limit.key}
            limit={limit}
            faults={faults}
            readOnly={readOnly}
            onChange={(part) => onChange(limit.key, part)}
            onRemove={() => onRemove(limit.key)}
          />
        ))}
        {!readOnly && limits.length < MOST_LIMITS && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            className={styles.another}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={onAdd}
          >
            Another priority
          </Button>
        )}
      </div>
    </details>
  );
}
