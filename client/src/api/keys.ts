import type { AlertsFilter } from './alerts';
import type { JobsFilter } from './jobs';

/** Cache keys: the first word is what the socket's events patch or invalidate. */
export const keys = {
  me: ['me'] as const,
  demo: ['demo'] as const,
  lathes: ['lathes'] as const,
  /** every alert that is not over, in the order of byUrgency */
  openAlerts: ['alerts', 'open'] as const,
  alert: (alertId: string) => ['alerts', 'one', alertId] as const,
  blackBox: (alertId: string) => ['alerts', 'black-box', alertId] as const,
  flood: ['alerts', 'flood'] as const,
  alertList: (filter: AlertsFilter) => ['alerts', 'list', filter] as const,
  transitions: (alertId: string) => ['alerts', 'transitions', alertId] as const,
  alarmKpi: (window: string, operators: number) => ['alarm-quality', 'kpi', window, operators] as const,
  worstActors: (window: string) => ['alarm-quality', 'worst', window] as const,
  trial: (latheId: string, thresholds: string) => ['alarm-quality', 'trial', latheId, thresholds] as const,
  tools: ['tools'] as const,
  materials: ['materials'] as const,
  thresholds: (latheId: string) => ['thresholds', latheId] as const,
  /** running jobs as one plain list */
  runningJobs: ['jobs', 'running'] as const,
  jobList: (filter: JobsFilter) => ['jobs', 'list', filter] as const,
  job: (jobId: string) => ['jobs', 'one', jobId] as const,
  whatIf: (latheId: string, jobId: string) => ['what-if', latheId, jobId] as const,
  telemetry: (latheId: string, fromMs: number, toMs: number) => ['telemetry', latheId, fromMs, toMs] as const,
  traceMarks: (latheId: string, fromMs: number, toMs: number) => ['telemetry', 'marks', latheId, fromMs, toMs] as const,
};
