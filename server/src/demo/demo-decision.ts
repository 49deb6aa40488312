import type { JobStatus } from '#domain/contract/enums.js';

/** Everything by which the demo decides what to do with one of its lathes. Times in epoch ms. */
export interface DemoSituation {
  nowMs: number;
  /** the newest job of the lathe, running or ended */
  job?: { status: JobStatus; isDemo: boolean; endedAtMs: number | null } | undefined;
  /** a window that is active or soon will be, whoever made it */
  hasMaintenance: boolean;
  /** end of the newest window that a visitor made */
  visitorsMaintenanceEndedAtMs?: number | undefined;
  lock?: { atMs: number; byPerson: boolean } | undefined;
  /** the tool of the next job */
  tool: { isBroken: boolean; lifeUsed: number };
}

export type DemoStep = 'leave' | 'changeTool' | 'repair' | 'startJob';

/** How long the demo keeps away from a lathe that a visitor has taken a hand in. */
export const VISITOR_MS = 10 * 60_000;
/** How long a lathe stands still with its alarm before the demo's own maintainers come. */
const REPAIR_AFTER_MS = 60_000;
/** Between two jobs, so that a lathe is seen at rest. */
const REST_MS = 4000;
const SPENT = 0.75;

/** What the demo does next: it never interrupts anybody, and leaves a visitor's lathe alone for a while. */
export function nextDemoStep({
  nowMs,
  job,
  hasMaintenance,
  visitorsMaintenanceEndedAtMs,
  lock,
  tool,
}: DemoSituation): DemoStep {
  const since = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? Number.POSITIVE_INFINITY : nowMs - ms;
  if (hasMaintenance || (job && job.endedAtMs === null)) return 'leave';
  if (since(visitorsMaintenanceEndedAtMs) < VISITOR_MS) return 'leave';
  const byVisitor = job && (!job.isDemo || job.status === 'Cancelled');
  if (byVisitor && since(job.endedAtMs) < VISITOR_MS) return 'leave';
  if (lock) return since(lock.atMs) < (lock.byPerson ? VISITOR_MS : REPAIR_AFTER_MS) ? 'leave' : 'repair';
  if (since(job?.endedAtMs) < REST_MS) return 'leave';
  return tool.isBroken || tool.lifeUsed >= SPENT ? 'changeTool' : 'startJob';
}
