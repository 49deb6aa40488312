import type { AlertDto } from '#domain/contract/alert.js';
import { type Cell, csvText } from '../../widgets/csv';

const COLUMNS: readonly [string, (alert: AlertDto) => Cell][] = [
  ['id', (alert) => alert.id],
  ['lathe_id', (alert) => alert.lathe_id],
  ['job_id', (alert) => alert.job_id],
  ['alert_type', (alert) => alert.alert_type],
  ['channel', (alert) => alert.channel],
  ['severity', (alert) => alert.severity],
  ['priority', (alert) => alert.priority],
  ['state', (alert) => alert.state],
  ['value', (alert) => alert.value],
  ['threshold', (alert) => alert.threshold],
  ['message', (alert) => alert.message],
  ['timestamp', (alert) => alert.timestamp],
  ['acknowledgedBy', (alert) => alert.acknowledgedBy],
  ['acknowledgedAt', (alert) => alert.acknowledgedAt],
  ['resolvedAt', (alert) => alert.resolvedAt],
  ['silencedBy', (alert) => alert.silenced?.by],
  ['silencedReason', (alert) => alert.silenced?.reason],
  ['shelvedUntil', (alert) => alert.shelvedUntil],
  ['suppressedUntil', (alert) => alert.suppressedUntil],
];

/** The alerts as CSV: a header line, then one line each. */
export function alertsCsv(alerts: readonly AlertDto[]): string {
  return csvText([COLUMNS.map(([name]) => name), ...alerts.map((alert) => COLUMNS.map(([, value]) => value(alert)))]);
}
