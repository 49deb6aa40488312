import type { FaultRecord } from '#domain/machining/fault-log.js';
import type { MachineSnapshot } from '#domain/machining/machine-state.js';
import type { PredictionMemory } from '#domain/prediction/live-run.js';
import type { AlarmProposal } from '../alerts/alarm-proposal.js';
import type { JobOutcome } from '../jobs/jobs-lifecycle.service.js';

/** All that is needed to go on with a lathe elsewhere, as plain JSON. It outlives the job and is the start of the next one. */
export interface Checkpoint {
  /** the job on the machine, null between jobs */
  jobId: string | null;
  /** the job that ended last and how, so that its end is stored even if a crash comes in between */
  ended: { jobId: string; outcome: JobOutcome } | null;
  /** wall time of the state */
  atMs: number;
  /** tick n of the job falls at t0Ms + n · periodMs */
  t0Ms: number;
  periodMs: number;
  tick: number;
  /** number of the newest sample of this lathe; it never restarts */
  sampleNumber: number;
  /** number of the last sample before this job */
  samplesBefore: number;
  /** last command that is part of the state */
  commandId: string;
  machine: MachineSnapshot;
  /** memory of the alarm rules, null where they have none */
  alarms: unknown;
  /** alarm proposals that nobody has stored yet, in their order */
  proposals: AlarmProposal[];
  /** faults injected into the present or last job; absent in states that know of none */
  faults?: FaultRecord[];
  /** what the prediction remembers of the present or last job; absent in states that know of none, null after a change of tool */
  prediction?: PredictionMemory | null;
}

/** What the list of lathes shows of a machine, once a second. */
export interface LiveSummary {
  health: number | null;
  failureProbability: number | null;
  atMs: number;
  jobId: string | null;
}
