import { writeChannels } from '#domain/machining/channels.js';
import { isGoingOn } from '#domain/machining/job-cycle.js';
import { createMachineState } from '#domain/machining/machine-state.js';
import { type JobPlan, planJob } from '#domain/machining/plan.js';
import { beginJob, drainEvents, step } from '#domain/machining/step.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { DEMO_PROGRAM, type DemoJob } from '../demo/demo-program.js';

/** Seconds between two samples of a run. */
export const SAMPLE_S = 5;
const LONGEST_MIN = 90;
/** Share of the usual cutting speed, so that an edge lasts for a job. */
const CALM = 0.7;

/** What has come about by one sample of a run. */
export interface RunCount {
  parts: number;
  energyWh: number;
  cuttingMinutes: number;
}

/** One job as the physics runs it, sample by sample; jobs of the past are pieces of such runs. */
export interface RecordedRun {
  job: DemoJob;
  plan: JobPlan;
  samples: Float32Array[];
  /** beside each sample */
  counts: RunCount[];
}

/** A run of every job of the demo's program, on a new machine and with a fresh edge. */
export function recordRuns(seed: number): RecordedRun[] {
  return DEMO_PROGRAM.flatMap(({ jobs }) => jobs).map((job, i) => record(job, seed + i));
}

function record(job: DemoJob, seed: number): RecordedRun {
  const plan = calmPlan(job);
  const machine = createMachineState(seed, { machine: plan.machine });
  beginJob(machine, plan, { seed, estimatedMinutes: LONGEST_MIN });
  const run: RecordedRun = { job, plan, samples: [], counts: [] };
  for (let second = 1; machine.job && isGoingOn(machine.job); second++) {
    step(machine, 1);
    drainEvents(machine);
    if (second % SAMPLE_S !== 0) continue;
    const channels = new Float32Array(CHANNEL_COUNT);
    writeChannels(machine, channels);
    run.samples.push(channels);
    const { partsDone, energyJ, engagedS } = machine.job;
    run.counts.push({ parts: partsDone, energyWh: energyJ / 3600, cuttingMinutes: engagedS / 60 });
  }
  return run;
}

function calmPlan({ jobType, material, toolNo, parameters = {} }: DemoJob): JobPlan {
  const { flankWear: _, ...fresh } = parameters;
  const { cuttingSpeedMPerMin } = planJob({ jobType, material, toolNo, parameters: fresh }).spindle;
  const cuttingSpeed = Math.round(CALM * cuttingSpeedMPerMin);
  return planJob({ jobType, material, toolNo, parameters: { ...fresh, cuttingSpeed } });
}
