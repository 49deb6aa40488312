import type { AlertDto } from '#domain/contract/alert.js';
import { FIGURES } from './figures';
import { ALERT_TYPE_WORDS } from './words';

/** What an alert says; one that was taken out of service before it was ever raised has nothing to say but its limit. */
export function alertTitle({ message, silenced, alert_type, channel }: AlertDto): string {
  if (message && message !== silenced?.reason) return message;
  return pointTitle(alert_type, channel);
}

/** An alarm over time: its kind, and of which reading where that does not go without saying. */
export function pointTitle(type: AlertDto['alert_type'], channel: AlertDto['channel']): string {
  const kind = ALERT_TYPE_WORDS[type];
  if (!channel || channel === 'progress') return kind;
  const { label } = FIGURES[channel];
  return label.toLowerCase().includes(kind.toLowerCase()) ? label : `${kind}: ${label.toLowerCase()}`;
}
