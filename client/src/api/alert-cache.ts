import { AlertFeed } from '../live/alert-feed';
import { applyAlerts } from '../live/apply-change';
import { throttled } from '../live/throttle';
import { queryClient } from './query-client';

/** A paged list that may miss an alert is read again no more often, ms: a flood brings many that it does not know. */
const REREAD_MS = 2000;

const rereadLists = throttled(() => void queryClient.invalidateQueries({ queryKey: ['alerts', 'list'] }), REREAD_MS);

/** Where everything about alerts goes that the socket or an answer says. */
export const alertFeed = new AlertFeed((changed) => {
  if (applyAlerts(queryClient, changed)) rereadLists();
});
