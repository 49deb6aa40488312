import type { AlertDto } from '#domain/contract/alert.js';
import { ALARM_STATES, type AlarmState } from '#domain/contract/enums.js';
import { isAnnounced } from '../../api/alert-order';

export const VIEWS = ['active', 'shelved', 'suppressed', 'outOfService', 'history'] as const;
export type ViewName = (typeof VIEWS)[number];

/** What the console shows; an empty filter lets everything through. Stands in the address, so that it can be linked to. */
export interface AlertsView {
  which: ViewName;
  latheId: string;
  priority: string;
  type: string;
  state: string;
}

const FILTERS = ['latheId', 'priority', 'type', 'state'] as const;

export function viewOf(search: URLSearchParams): AlertsView {
  const named = search.get('view') as ViewName;
  const view: AlertsView = {
    which: VIEWS.includes(named) ? named : 'active',
    latheId: '',
    priority: '',
    type: '',
    state: '',
  };
  for (const name of FILTERS) view[name] = search.get(name) ?? '';
  if (!statesOf(view.which).includes(view.state as AlarmState)) view.state = '';
  return view;
}

/** `search` with the view written into it; what is as usual is left out. */
export function withView(search: URLSearchParams, view: AlertsView): URLSearchParams {
  const next = new URLSearchParams(search);
  const write = (name: string, value: string) => (value ? next.set(name, value) : next.delete(name));
  write('view', view.which === 'active' ? '' : view.which);
  for (const name of FILTERS) write(name, view[name]);
  return next;
}

/** States among which a view can be filtered; none where all are in the same. */
export function statesOf(which: ViewName): readonly AlarmState[] {
  if (which === 'history') return ALARM_STATES;
  return which === 'active' ? ALARM_STATES.filter((state) => isAnnounced({ state })) : [];
}

/** Whether an open alert belongs into the view. */
export function fits(alert: AlertDto, { which, state, priority, latheId, type }: AlertsView): boolean {
  const belongs = which === 'active' ? isAnnounced(alert) : alert.state === which;
  return (
    belongs &&
    (!state || alert.state === state) &&
    (!priority || alert.priority === Number(priority)) &&
    (!latheId || alert.lathe_id === latheId) &&
    (!type || alert.alert_type === type)
  );
}
