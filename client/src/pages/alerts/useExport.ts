import { useState } from 'react';
import type { AlertDto } from '#domain/contract/alert.js';
import { fetchAllAlerts } from '../../api/alerts';
import { messageOf } from '../../api/problem';
import { downloadText } from '../../widgets/csv';
import { notify } from '../../widgets/notice-store';
import { alertsCsv } from './alerts-csv';
import type { AlertsView } from './alerts-view';
import { historyFilter } from './useAlertList';

const FILE = 'alerts.csv';

/**
 * Saves the alerts of a view as a file: all that fit its filters, not only those read so far.
 * @param hasMore - of the history: there are older ones than those shown
 */
export function useExport(view: AlertsView, shown: readonly AlertDto[], hasMore: boolean) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    if (!hasMore) {
      downloadText(FILE, alertsCsv(shown));
      return;
    }
    setBusy(true);
    try {
      downloadText(FILE, alertsCsv(await fetchAllAlerts(historyFilter(view))));
    } catch (error) {
      notify({ tone: 'problem', text: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: () => void run() };
}
