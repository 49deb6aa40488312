import type { AlertDto } from '#domain/contract/alert.js';
import { digitsOf, FIGURES } from '../../widgets/figures';

/** A value of an alert with its unit. */
export function readingWords({ channel, alert_type }: AlertDto, value: number): string {
  // Some limits are not of the reading itself but of what is made of it.
  if (alert_type === 'SENSOR_FAULT' || alert_type === 'OFFLINE') return `${Number(value.toPrecision(3))} s`;
  if (alert_type === 'ANOMALY' || alert_type === 'JOB_OVERRUN') return `${(value * 100).toFixed(0)} %`;
  if (!channel) return String(Number(value.toPrecision(5)));
  return `${digitsOf(channel, value)} ${FIGURES[channel].unit}`;
}
