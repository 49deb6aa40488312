import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Threshold } from '#domain/contract/alert.js';
import { saveThresholds } from '../../../api/alarm-quality';
import type { Tagged } from '../../../api/http';
import { keys } from '../../../api/keys';
import { messageOf, ProblemError } from '../../../api/problem';
import { useLatheName } from '../../../api/useLathes';
import { useRights } from '../../../api/useSession';
import { Fault } from '../../../widgets/Fault';
import { notify } from '../../../widgets/notice-store';
import { Panel } from '../../../widgets/Panel';
import { AddLimit } from './AddLimit';
import styles from './Limits.module.css';
import { draftsOf, isOf, type LimitDraft, newDraft, thresholdsOf } from './limits-draft';
import { PointCard } from './PointCard';
import { type Proposal, withProposal } from './proposal';
import { Trial } from './Trial';

export interface LimitsEditorProps {
  latheId: string;
  inForce: Tagged<readonly Threshold[]>;
  proposal: Proposal | undefined;
  onUnsaved: (unsaved: boolean) => void;
  /** reads what is in force again; the changes are thrown away */
  onReread: () => unknown;
  /** the changes are saved or thrown away */
  onDone: () => void;
}

/** All limits of a lathe, alarm by alarm, beside what they would have raised. Managers change them. */
export function LimitsEditor({ latheId, inForce, proposal, onUnsaved, onReread, onDone }: LimitsEditorProps) {
  const { maintain } = useRights();
  const name = useLatheName(latheId);
  const cache = useQueryClient();
  const before = useMemo(() => draftsOf(inForce.data), [inForce]);
  const [drafts, setDrafts] = useState(() => withProposal(before, proposal));
  const { thresholds, faults } = useMemo(() => thresholdsOf(drafts), [drafts]);
  const changed = JSON.stringify(drafts) !== JSON.stringify(before);
  useEffect(() => {
    onUnsaved(changed);
    return () => onUnsaved(false);
  }, [changed, onUnsaved]);
  const save = useMutation({
    mutationFn: (limits: Tagged<readonly Threshold[]>) => saveThresholds(latheId, limits),
    onSuccess: (saved) => {
      notify({ tone: 'done', text: `The limits of ${name} are set.` });
      cache.setQueryData(keys.thresholds(latheId), saved);
      onDone();
    },
  });
  const isOutdated = save.error instanceof ProblemError && save.error.code === 'limits_changed';
  const points = pointsOf(drafts);
  const wasOf = (point: LimitDraft) => before.filter((draft) => isOf(draft, point));
  return (
    <div className={styles.page} data-limits={latheId}>
      <div className={styles.points}>
        {points.length === 0 && <p className="dim">No limit is set: nothing but people raises alarms on {name}.</p>}
        {points.map((limits) => {
          const [first] = limits;
          return (
            first && (
              <PointCard
                key={`${first.type} ${first.channel}`}
                limits={limits}
                faults={faults}
                changed={JSON.stringify(limits) !== JSON.stringify(wasOf(first))}
                readOnly={!maintain}
                onChange={(key, part) =>
                  setDrafts((all) => all.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)))
                }
                onRemove={(key) => setDrafts((all) => all.filter((draft) => draft.key !== key))}
                onAdd={() => setDrafts((all) => [...all, newDraft(all, first.type, first.channel)])}
              />
            )
          );
        })}
        {maintain && <AddLimit onAdd={(type, channel) => setDrafts((all) => [...all, newDraft(all, type, channel)])} />}
      </div>
      {maintain && (
        <Panel title="What they would have raised" className={styles.trial}>
          <Trial latheId={latheId} thresholds={thresholds} changed={changed} />
          {isOutdated ? (
            <div className={styles.outdated} role="alert">
              <p>
                Somebody else has changed the limits of {name} since you opened this page. Yours are <b>not</b> set.
              </p>
              <div className={styles.acts}>
                <Button size="xs" variant="default" data-action="reread-limits" onClick={onReread}>
                  Show theirs
                </Button>
                <Button
                  size="xs"
                  color="red"
                  variant="light"
                  data-action="overwrite-limits"
                  onClick={() => thresholds && save.mutate({ data: thresholds, tag: null })}
                >
                  Set mine
                </Button>
              </div>
            </div>
          ) : (
            <Fault>{save.error ? messageOf(save.error) : null}</Fault>
          )}
          {changed && !isOutdated && (
            <div className={styles.acts}>
              <Button
                data-action="save-limits"
                disabled={!thresholds}
                loading={save.isPending}
                onClick={() => thresholds && save.mutate({ data: thresholds, tag: inForce.tag })}
              >
                Set these limits
              </Button>
              <Button
                variant="default"
                onClick={() => {
                  setDrafts(before);
                  if (proposal) onDone();
                }}
              >
                Discard
              </Button>
            </div>
          )}
        </Panel>
      )}
    </div>
  );
}

/** Limits of one kind and reading together, in the order in which they first come. */
function pointsOf(drafts: readonly LimitDraft[]): LimitDraft[][] {
  const points = new Map<string, LimitDraft[]>();
  for (const draft of drafts) {
    const key = `${draft.type} ${draft.channel}`;
    points.set(key, [...(points.get(key) ?? []), draft]);
  }
  return [...points.values()];
}
