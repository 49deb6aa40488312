import { Button } from '@mantine/core';
import type { AlertDto } from '#domain/contract/alert.js';
import { isAnnounced, isUnacknowledged } from '../../api/useAlerts';
import { nextAct, type PlainAct, type PlainVerb } from './alert-acts';
import { SelectionBar } from './SelectionBar';

export interface SelectionActsProps {
  chosen: readonly AlertDto[];
  isManager: boolean;
  onAct: (alerts: readonly AlertDto[], verb: PlainVerb) => void;
  onComment: (alerts: readonly AlertDto[]) => void;
  onShelve: (alerts: readonly AlertDto[]) => void;
  onClear: () => void;
}

/** What can be done to the selected alerts, each act with the number of those that it fits. */
export function SelectionActs({ chosen, isManager, onAct, onComment, onShelve, onClear }: SelectionActsProps) {
  const waiting = chosen.filter(isUnacknowledged);
  const announced = chosen.filter(isAnnounced);
  const others = new Map<PlainVerb, { act: PlainAct; fitting: AlertDto[] }>();
  for (const alert of chosen) {
    const act = nextAct(alert, isManager);
    if (!act || act.verb === 'acknowledge') continue;
    const known = others.get(act.verb);
    if (known) known.fitting.push(alert);
    else others.set(act.verb, { act, fitting: [alert] });
  }
  const many = (words: string, { length }: readonly AlertDto[]) =>
    length === chosen.length ? words : `${words} ${length}`;
  return (
    <SelectionBar count={chosen.length} onClear={onClear}>
      {waiting.length > 0 && (
        <>
          <Button data-action="acknowledge-selected" onClick={() => onAct(waiting, 'acknowledge')}>
            {many('Acknowledge', waiting)}
          </Button>
          <Button variant="default" onClick={() => onComment(waiting)}>
            With a comment…
          </Button>
        </>
      )}
      {[...others.values()].map(({ act, fitting }) => (
        <Button
          key={act.verb}
          variant="default"
          data-action={`${act.verb}-selected`}
          onClick={() => onAct(fitting, act.verb)}
        >
          {many(act.words, fitting)}
        </Button>
      ))}
      {announced.length > 0 && (
        <Button variant="default" data-action="shelve-selected" onClick={() => onShelve(announced)}>
          {many('Shelve', announced)}…
        </Button>
      )}
    </SelectionBar>
  );
}
