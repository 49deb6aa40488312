import type { AlertDto, AlertTransitionDto } from '../contract/alert.js';
import type { News } from '../contract/notification.js';

/** What a message tells of, as it was when it happened. */
export interface AlertNews {
  news: News;
  alert: AlertDto;
  transition: AlertTransitionDto;
  /** told because nobody had acknowledged for so long, min */
  unacknowledgedMin?: number;
}

/** Alerts that went beyond the limit of a channel, the most urgent first. */
export interface Digest {
  count: number;
  /** number of alerts by priority, 1 … 4 */
  byPriority: Record<string, number>;
  /** one line each, of the first few */
  lines: string[];
}

const WORD: Record<News, string> = { raised: 'Alarm', acknowledged: 'Acknowledged', over: 'Over' };

/** One line for a subject or a log: what, how urgent, where, in the words of the alert. */
export function summaryOf({ news, alert, unacknowledgedMin }: AlertNews): string {
  const late = unacknowledgedMin === undefined ? '' : `Not acknowledged for ${unacknowledgedMin} min: `;
  return `${late}${WORD[news]} P${alert.priority} ${alert.lathe_id}: ${oneLine(alert.message)}`;
}

/** A message for people. @param closing - a last line, where there is more to say */
export function textOf(told: AlertNews, closing?: string): string {
  const { alert, transition } = told;
  const lines = [
    summaryOf(told),
    '',
    `Lathe: ${alert.lathe_id}`,
    `Priority: ${alert.priority} (${alert.severity})`,
    ...(alert.value === undefined ? [] : [`Value: ${figure(alert.value)}`]),
    ...(alert.threshold === undefined ? [] : [`Limit: ${figure(alert.threshold)}`]),
    ...(alert.job_id === undefined ? [] : [`Job: ${alert.job_id}`]),
    `Raised: ${alert.timestamp}`,
    `This happened: ${transition.at}, by ${transition.actor}`,
    ...(transition.comment === undefined ? [] : [`Comment: ${oneLine(transition.comment)}`]),
    `Alert: ${alert.id}, transition ${transition.n}`,
    ...(closing === undefined ? [] : ['', closing]),
  ];
  return `${lines.join('\n')}\n`;
}

export const digestSummary = ({ count }: Pick<Digest, 'count'>): string =>
  count === 1 ? '1 more alarm' : `${count} more alarms`;

export function digestText(digest: Digest): string {
  const { count, byPriority, lines } = digest;
  const split = Object.entries(byPriority).map(([priority, number]) => `${number} of priority ${priority}`);
  const unsaid = count - lines.length;
  const rest = unsaid > 0 ? [`… and ${unsaid} more on the alerts page.`] : [];
  return `${[`${digestSummary(digest)}: ${split.join(', ')}.`, '', ...lines, ...rest].join('\n')}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const figure = (value: number): string => String(Number(value.toPrecision(5)));
