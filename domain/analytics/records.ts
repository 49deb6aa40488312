import type { JobStatus } from '../contract/enums.js';
import type { Interval } from './interval.js';
import type { PlannedPart } from './planned-part.js';
import type { StopReason } from './stop-reasons.js';

/** A job that has run on a lathe. Its end is that of the record where it still runs. */
export interface JobRecord extends Interval {
  id: string;
  status: JobStatus;
  /** machine time per wall time */
  timeScale: number;
  toolNo: number;
  /** min of machine time */
  estimatedMin: number;
  /** min of machine time; absent while it runs */
  actualMin?: number;
  /** absent while nothing is known */
  parts?: number;
  energyWh?: number;
  /** absent in jobs whose plan promised nothing */
  planned?: PlannedPart;
  /** parts that were not good; absent where nobody looked */
  scrapped?: number;
  /** of one worn edge of its tool, the change included */
  edgeCost?: number;
}

/** A time in which a lathe belonged to its maintainers. */
export interface ServiceRecord extends Interval {
  reason: string;
}

/** An alarm that people were told of. */
export interface AlarmRecord {
  jobId?: string;
  raisedMs: number;
  acknowledgedMs?: number;
}

/** What is on record of one lathe, each list in the order of time. */
export interface LatheRecords {
  latheId: string;
  jobs: readonly JobRecord[];
  services: readonly ServiceRecord[];
  alarms: readonly AlarmRecord[];
  /** what people said of stops, by the stop's beginning, epoch ms */
  reasons: ReadonlyMap<number, StopReason>;
}

/** A job that ended because something broke or was about to. */
export const isFailure = ({ status }: Pick<JobRecord, 'status'>): boolean =>
  status === 'Failed' || status === 'Alert Triggered';
