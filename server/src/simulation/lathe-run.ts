import { LATHE_STATUSES } from '#domain/contract/enums.js';
import type { JobResult } from '#domain/contract/job.js';
import { writeChannels } from '#domain/machining/channels.js';
import type { MachineEvent } from '#domain/machining/events.js';
import type { FaultRecord } from '#domain/machining/fault-log.js';
import { isGoingOn } from '#domain/machining/job-cycle.js';
import { type MachineState, replaceTool, snapshotMachine } from '#domain/machining/machine-state.js';
import { drainEvents, endJob, step } from '#domain/machining/step.js';
import { activeTool } from '#domain/machining/tool-state.js';
import { type PredictionMemory, RunPrediction } from '#domain/prediction/live-run.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { RECORD_FLAG, type TickRecord } from '#domain/telemetry/frame.js';
import { isSampleTick } from '#domain/telemetry/sampling.js';
import type { AlarmProposal } from '../alerts/alarm-proposal.js';
import type { JobOutcome } from '../jobs/jobs-lifecycle.service.js';
import type { ReceivedCommand } from '../realtime-bus/command-bus.js';
import { compareIds } from '../realtime-bus/event-bus.js';
import type { TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import type { Checkpoint, LiveSummary } from './checkpoint.js';
import { InjectedFaults } from './injected-faults.js';

/** A longer step would miss what happens inside it. */
const MAX_STEP_S = 1;
/** Ticks missed for longer than this are left out: the job simply went on later. */
export const CATCH_UP_MS = 30_000;
/** Samples that wait for Redis; a lathe with more stands still until they are stored. */
export const MAX_WAITING_SAMPLES = 6000;

const RUNNING = LATHE_STATUSES.indexOf('running');

/** What a run asks of the alarm rules: `evaluate` returns proposals to store, mostly none. */
export interface AlarmWatch {
  evaluate(latheId: string, tickTimeMs: number, channels: Float32Array): readonly AlarmProposal[];
  judgeEvent(latheId: string, tickTimeMs: number, event: MachineEvent): AlarmProposal | null;
  memory(latheId: string): unknown;
}

export interface RunSettings {
  periodMs: number;
  sensorIntervalMs: number;
}

export interface RunStart extends RunSettings {
  latheId: string;
  latheIndex: number;
  jobId: string;
  epoch: number;
  timeScale: number;
  machine: MachineState;
  t0Ms: number;
  tick: number;
  sampleNumber: number;
  samplesBefore: number;
  commandId: string;
  proposals: AlarmProposal[];
  /** faults injected into this job so far; default none */
  faults?: readonly FaultRecord[];
  /** what the prediction remembers of this job; default nothing */
  prediction?: PredictionMemory | null;
}

/** One job on one lathe: makes its ticks, samples and alarm proposals. Knows no Redis and no timers. */
export class LatheRun {
  readonly latheId: string;
  readonly jobId: string;
  readonly epoch: number;
  /** The newest tick; its values are overwritten by the next one. */
  readonly record: TickRecord;
  readonly prediction: RunPrediction;
  /** Samples and alarm proposals that are not stored yet. */
  readonly samples: TelemetrySample[] = [];
  readonly proposals: AlarmProposal[];
  readonly startedAtTick: number;
  /** The first tick was made, a command was applied or the job has ended: the state should be stored at once. */
  wantsCommit = false;
  /** Not null once the job is over; it makes no tick after that. */
  outcome: JobOutcome | null = null;

  private readonly machine: MachineState;
  private readonly faults: InjectedFaults;
  private readonly values = new Float32Array(CHANNEL_COUNT);
  private readonly inbox: ReceivedCommand[] = [];
  private lastReceivedId: string;

  private t0Ms: number;
  private tick: number;
  private sampleNumber: number;
  private commandId: string;

  constructor(
    private readonly start: RunStart,
    private readonly alarms: AlarmWatch,
    private readonly onEvent: (run: LatheRun, event: MachineEvent) => void,
  ) {
    this.latheId = start.latheId;
    this.jobId = start.jobId;
    this.epoch = start.epoch;
    this.machine = start.machine;
    this.faults = new InjectedFaults(start.machine, start.faults);
    this.prediction = new RunPrediction(start.machine.job!.plan, start.prediction);
    this.t0Ms = start.t0Ms;
    this.tick = start.tick;
    this.startedAtTick = start.tick;
    this.sampleNumber = start.sampleNumber;
    this.commandId = start.commandId;
    this.lastReceivedId = start.commandId;
    this.proposals = start.proposals;
    this.record = {
      latheIndex: start.latheIndex,
      status: RUNNING,
      flags: 0,
      tickNumber: start.tick,
      tickTimeMs: this.timeMs,
      values: this.values,
    };
  }

  get timeMs(): number {
    return this.t0Ms + this.tick * this.start.periodMs;
  }

  get toolNo(): number {
    return this.machine.toolNo;
  }

  /** How the job has failed; null while it has not. */
  get failure(): 'breakage' | 'drive' | null {
    if (this.outcome?.status !== 'Failed') return null;
    return activeTool(this.machine).broken ? 'breakage' : 'drive';
  }

  get tickNumber(): number {
    return this.tick;
  }

  get progress(): number {
    return this.values[CHANNEL_INDEX.progress] ?? 0;
  }

  /** Id of the newest command that was received, applied or not. */
  get newestCommandId(): string {
    return this.lastReceivedId;
  }

  /** Forgets waiting samples up to a number: they are stored. */
  dropSamples(upTo: number): void {
    const kept = this.samples.findIndex((sample) => sample.number > upTo);
    this.samples.splice(0, kept < 0 ? this.samples.length : kept);
  }

  /** Takes commands for the next turn; those that it has had already are left out. */
  receive(commands: readonly ReceivedCommand[]): void {
    for (const received of commands) {
      if (compareIds(received.id, this.lastReceivedId) <= 0) continue;
      this.lastReceivedId = received.id;
      this.inbox.push(received);
    }
  }

  /**
   * Applies the commands that have come.
   * @returns how many ticks are due at `nowMs`, at most `limit`
   */
  due(nowMs: number, limit: number): number {
    if (!this.outcome) this.applyCommands();
    if (this.outcome || this.samples.length >= MAX_WAITING_SAMPLES) return 0;
    const { periodMs } = this.start;
    let behind = Math.floor((nowMs - this.t0Ms) / periodMs) - this.tick;
    const allowed = Math.ceil(CATCH_UP_MS / periodMs);
    if (Math.abs(behind) > allowed) {
      const kept = behind > 0 ? allowed : 0; // a clock that was set back would else stop the lathe
      this.t0Ms += (behind - kept) * periodMs;
      behind = kept;
    }
    return Math.max(0, Math.min(behind, limit));
  }

  /** First half of a tick: the machine and its readings. Whoever judges runs does so before the second half. */
  beginTick(): void {
    if (this.tick++ === this.startedAtTick) this.wantsCommit = true; // from here on a start has got somewhere
    this.stepMachine();
    this.faults.follow(this.timeMs);
    writeChannels(this.machine, this.values);
  }

  /** Second half of a tick: what follows from its readings and its prediction. */
  endTick(): void {
    this.prediction.apply(this.values, activeTool(this.machine).broken);
    this.record.tickNumber = this.tick;
    this.record.tickTimeMs = this.timeMs;
    this.record.flags = this.flags();
    for (const event of drainEvents(this.machine)) this.noticeEvent(event);
    const proposals = this.alarms.evaluate(this.latheId, this.timeMs, this.values);
    if (proposals.length > 0) this.proposals.push(...proposals);
    if (isSampleTick(this.tick, this.start.periodMs, this.start.sensorIntervalMs)) this.takeSample();
    this.noticeEnd();
  }

  /**
   * Applies the commands that have come and makes the ticks that are due at `nowMs`, at most `limit`, by physics alone.
   * @returns whether there is a new tick in `record`
   */
  advance(nowMs: number, limit: number): boolean {
    const ticks = this.due(nowMs, limit);
    for (let i = 0; i < ticks && !this.outcome; i++) {
      this.beginTick();
      this.endTick();
    }
    return ticks > 0;
  }

  /** Ends the job where it stands. */
  finish(status: JobOutcome['status'], reason?: string): void {
    const machineMinutes = (this.machine.job?.elapsedS ?? 0) / 60;
    const result = this.result(machineMinutes, reason);
    this.faults.close(this.timeMs);
    this.outcome = { status, endedAtMs: this.timeMs, machineMinutes, result, faults: this.faults.list() };
    endJob(this.machine);
    this.wantsCommit = true;
  }

  checkpoint(): Checkpoint {
    return {
      jobId: this.outcome ? null : this.jobId,
      ended: this.outcome ? { jobId: this.jobId, outcome: this.outcome } : null,
      atMs: this.timeMs,
      t0Ms: this.t0Ms,
      periodMs: this.start.periodMs,
      tick: this.tick,
      sampleNumber: this.sampleNumber,
      samplesBefore: this.start.samplesBefore,
      commandId: this.commandId,
      machine: snapshotMachine(this.machine),
      alarms: this.alarms.memory(this.latheId) ?? null,
      proposals: [...this.proposals],
      faults: this.faults.list(),
      prediction: this.prediction.memory(),
    };
  }

  live(): LiveSummary {
    return {
      health: known(this.values[CHANNEL_INDEX.health]),
      failureProbability: known(this.values[CHANNEL_INDEX.failureProbability]),
      atMs: this.timeMs,
      jobId: this.outcome ? null : this.jobId,
    };
  }

  private flags(): number {
    const injected = this.faults.isActing ? RECORD_FLAG.faultInjected : 0;
    return injected | (this.prediction.isOutOfDistribution ? RECORD_FLAG.outOfDistribution : 0);
  }

  private noticeEvent(event: MachineEvent): void {
    const proposal = this.alarms.judgeEvent(this.latheId, this.timeMs, event);
    if (proposal) this.proposals.push(proposal);
    this.onEvent(this, event);
  }

  private stepMachine(): void {
    const tickS = (this.start.timeScale * this.start.periodMs) / 1000;
    // equal ones: a rest could be shorter than the shortest step
    const steps = Math.ceil(tickS / MAX_STEP_S - 1e-9);
    for (let n = 0; n < steps && this.machine.job && isGoingOn(this.machine.job); n++) {
      step(this.machine, tickS / steps);
      this.prediction.observe(this.machine.measured, tickS / steps);
    }
  }

  private takeSample(): void {
    const injected = this.faults.present();
    this.samples.push({
      number: ++this.sampleNumber,
      tick: this.tick,
      tickTimeMs: this.timeMs,
      machineMinutes: (this.machine.job?.elapsedS ?? 0) / 60,
      values: this.values.slice(),
      ...(injected ? { injected } : {}),
    });
  }

  private noticeEnd(): void {
    const job = this.machine.job;
    if (!job || isGoingOn(job)) return;
    if (job.status === 'completed') this.finish('Completed');
    else if (job.status === 'toolBroken') this.finish('Failed', `tool ${this.machine.toolNo} is broken`);
    else this.finish('Failed', 'the drive tripped');
  }

  private applyCommands(): void {
    for (const { id, command } of this.inbox.splice(0)) {
      this.commandId = id;
      this.wantsCommit = true;
      if (command.type === 'replaceTool') replaceTool(this.machine, command.toolNo);
      else if (command.jobId !== this.jobId) continue;
      else if (command.type === 'fault') this.faults.inject(id, command);
      else if (command.type === 'endFault') this.faults.end(command.faultId, command.by, this.timeMs);
      else if (command.reason === 'operator') this.finish('Cancelled', `stopped by ${command.by}`);
      else this.finish('Alert Triggered', `stopped by a critical alert${command.alertId ? ` ${command.alertId}` : ''}`);
      if (this.outcome) return;
    }
  }

  private result(machineMinutes: number, reason: string | undefined): JobResult {
    const job = this.machine.job;
    return {
      ...(reason === undefined ? {} : { reason }),
      partsDone: job?.partsDone ?? 0,
      machineMinutes,
      cuttingMinutes: (job?.engagedS ?? 0) / 60,
      energyWh: (job?.energyJ ?? 0) / 3600,
      flankWear: known(this.values[CHANNEL_INDEX.flankWear]) ?? 0,
      samples: this.sampleNumber - this.start.samplesBefore,
    };
  }
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
