import type { AlertDto } from '#domain/contract/alert.js';

/** An alert for specs: unacknowledged, priority 2, raised at ten o'clock, unless told otherwise. */
export function alertOf(id: string, rest: Partial<AlertDto> = {}): AlertDto {
  const state = rest.state ?? 'unacknowledged';
  return {
    id,
    lathe_id: 'lathe-1',
    alert_type: 'MANUAL',
    severity: 'warning',
    priority: 2,
    message: 'Door ajar',
    timestamp: '2026-11-23T10:00:00.000Z',
    resolved: state === 'normal',
    n: 1,
    ...rest,
    state,
  };
}
