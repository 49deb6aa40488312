import { Choice } from '../../widgets/Choice';
import styles from './AlertsPage.module.css';
import { VIEWS, type ViewName } from './alerts-view';

const WORDS: Record<ViewName, string> = {
  active: 'Active',
  shelved: 'Shelved',
  suppressed: 'Suppressed',
  outOfService: 'Out of service',
  history: 'History',
};

/** What an empty view says. */
export const EMPTY_WORDS: Record<ViewName, { title: string; detail: string }> = {
  active: {
    title: 'Nothing waits',
    detail: 'No alert is active with these filters. New ones appear here by themselves.',
  },
  shelved: {
    title: 'The shelf is empty',
    detail: 'Alerts that somebody puts aside for a while stand here until they come back.',
  },
  suppressed: {
    title: 'Nothing is suppressed',
    detail: 'Alerts that merely follow from a maintenance, a stop or a lost lathe stand here while that lasts.',
  },
  outOfService: {
    title: 'Every alert is in service',
    detail: 'Alerts that a manager has taken out of service stand here until they are returned.',
  },
  history: { title: 'No alert fits', detail: 'Change the filters to see others.' },
};

export interface ViewChoiceProps {
  which: ViewName;
  counts: Partial<Record<ViewName, number>>;
  onChange: (which: ViewName) => void;
}

/** The lists of the console, each with how many stand in it. */
export function ViewChoice({ which, counts, onChange }: ViewChoiceProps) {
  return (
    <Choice
      className={styles.views}
      label="Which alerts"
      value={which}
      onChange={onChange}
      options={VIEWS.map((value) => ({
        value,
        label: counts[value] ? `${WORDS[value]} ${counts[value].toLocaleString()}` : WORDS[value],
      }))}
    />
  );
}
