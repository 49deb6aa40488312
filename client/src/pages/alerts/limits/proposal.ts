import type { Threshold } from '#domain/contract/alert.js';
import { limitUnit } from '../limit-units';
import { isOf, type LimitDraft } from './limits-draft';

const CALMING = ['deadband', 'onDelayS', 'offDelayS'] as const;

/** A change to the limits of one alarm that somebody follows a link to try. */
export interface Proposal extends Pick<Threshold, 'type' | 'channel'> {
  change: Partial<Record<(typeof CALMING)[number], number>>;
}

/** Undefined where the address proposes nothing. */
export function proposalOf(search: URLSearchParams): Proposal | undefined {
  const [type, channel] = [search.get('type'), search.get('channel')];
  const change = Object.fromEntries(
    CALMING.map((field) => [field, Number(search.get(field) ?? Number.NaN)] as const).filter(([, value]) => value >= 0),
  );
  if (!type || !channel || Object.keys(change).length === 0) return undefined;
  return { type, channel, change } as Proposal;
}

/** The limits with what is proposed, in the unit of the fields. */
export function withProposal(drafts: readonly LimitDraft[], proposal: Proposal | undefined): readonly LimitDraft[] {
  if (!proposal) return drafts;
  const { change } = proposal;
  return drafts.map((draft) => {
    if (!isOf(draft, proposal)) return draft;
    const next = { ...draft };
    for (const field of CALMING) {
      const value = change[field];
      if (value === undefined) continue;
      const { shownSpan } = limitUnit(draft.type, draft.channel);
      next[field] = String(field === 'deadband' ? shownSpan(value) : value);
    }
    return next;
  });
}
