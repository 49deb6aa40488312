import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { AlarmProposal } from '../alerts/alarm-proposal.js';
import { AppConfig } from '../config/config.js';
import { PredictionSampler } from '../prediction/prediction-sampler.js';
import { type JudgedRun, TickInference } from '../prediction/tick-inference.js';
import { CommandBus, type ReceivedCommand } from '../realtime-bus/command-bus.js';
import { TickBatchWriter } from '../realtime-bus/tick-batch.js';
import { TickBus } from '../realtime-bus/tick-bus.js';
import { CheckpointStore } from './checkpoint-store.js';
import type { LatheRun, RunSettings } from './lathe-run.js';
import { TimerWheel, WallClock } from './timer-wheel.js';

/** Why a run left the engine. */
export type RunEnd =
  /** the job is over and its last state is stored */
  | { kind: 'ended' }
  /** another worker has taken the lathe */
  | { kind: 'fenced' }
  /** this worker stops; the state is stored as far as Redis answered */
  | { kind: 'handedOver' }
  | { kind: 'crashed'; error: unknown };

interface Held extends JudgedRun {
  run: LatheRun;
  /** ticks to make in this turn */
  ticksDue: number;
  /** its record is a new one */
  hasTicked: boolean;
  /** turn of the second at which this lathe is stored, so that not all come at once */
  phase: number;
  commits: number;
  committing: Promise<void> | null;
  propose: (proposal: AlarmProposal) => Promise<void>;
  proposing: boolean;
  isFailing: boolean;
  end: (end: RunEnd) => void;
}

/** More ticks than these are not made at once for one lathe, so that the others keep their beat while it catches up. */
const TICKS_PER_TURN = 20;
const RETRY_PROPOSAL_MS = 500;

/** All lathes that this process holds: one timer, one batch of ticks, a commit for each lathe and second. */
@Injectable()
export class SimulationEngine implements OnApplicationBootstrap {
  private readonly logger = new Logger(SimulationEngine.name);
  private readonly held = new Map<string, Held>();
  private readonly clock = new WallClock();
  private readonly wheel: TimerWheel;
  private readonly batch = new TickBatchWriter(randomInt(1, 0xffff_ffff));
  private readonly behind: Held[] = [];
  private turns = 0;
  private isHandingOver = false;

  constructor(
    private readonly config: AppConfig,
    private readonly ticks: TickBus,
    private readonly commands: CommandBus,
    private readonly checkpoints: CheckpointStore,
    private readonly inference: TickInference,
    private readonly sampler: PredictionSampler,
  ) {
    const now = () => this.clock.now();
    this.wheel = new TimerWheel(this.settings.periodMs, now, (nowMs) => this.turn(nowMs));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.commands.listen((latheId) => void this.fetchCommands(latheId));
  }

  get settings(): RunSettings {
    return { periodMs: 1000 / this.config.tickHz, sensorIntervalMs: this.config.sensorIntervalS * 1000 };
  }

  nowMs(): number {
    return this.clock.now();
  }

  /**
   * Lets the job run here until it has ended, another worker takes it, or this one stops.
   * @param propose - stores an alarm proposal; called again, in order, until it succeeds
   */
  run(run: LatheRun, propose: (proposal: AlarmProposal) => Promise<void>): Promise<RunEnd> {
    if (this.isHandingOver) return Promise.resolve({ kind: 'handedOver' });
    return new Promise((resolve) => {
      this.held.get(run.latheId)?.end({ kind: 'fenced' });
      const held: Held = {
        run,
        prediction: run.prediction,
        ticksDue: 0,
        hasTicked: false,
        phase: this.held.size % this.config.tickHz,
        commits: 0,
        committing: null,
        propose,
        proposing: false,
        isFailing: false,
        end: (how) => {
          if (this.held.get(run.latheId) === held) this.held.delete(run.latheId);
          if (this.held.size === 0) this.wheel.stop();
          resolve(how);
        },
      };
      this.held.set(run.latheId, held);
      this.wheel.start();
      void this.fetchCommands(run.latheId);
    });
  }

  /** Stops ticking, stores every lathe and lets go of them; takes none from now on. */
  async handOver(): Promise<void> {
    this.isHandingOver = true;
    this.wheel.stop();
    const letGo = async (held: Held): Promise<void> => {
      await held.committing;
      await this.commit(held);
      held.end({ kind: 'handedOver' });
    };
    await Promise.all([...this.held.values()].map(letGo));
  }

  private turn(nowMs: number): void {
    this.turns++;
    this.batch.begin();
    this.makeTicks(nowMs);
    for (const held of this.held.values()) {
      if (held.run.proposals.length > 0 && !held.proposing) void this.storeProposals(held);
      const isDue = this.turns % this.config.tickHz === held.phase;
      if ((isDue || held.run.wantsCommit) && !held.committing) this.startCommit(held);
    }
    if (this.batch.records > 0) this.ticks.publish(this.batch.finish(nowMs), nowMs);
  }

  /** Makes the ticks that are due: of all lathes the first, then of those that are behind the next, each judged together. */
  private makeTicks(nowMs: number): void {
    const { behind } = this;
    behind.length = 0;
    for (const held of this.held.values()) {
      held.hasTicked = false;
      if (this.countTicks(held, nowMs) > 0) behind.push(held);
    }
    while (behind.length > 0) {
      keepWhere(behind, (held) => this.beginTick(held));
      this.inference.judge(behind);
      keepWhere(behind, (held) => this.endTick(held));
    }
    for (const { run, hasTicked } of this.held.values()) {
      if (!hasTicked) continue;
      this.batch.add(run.epoch, run.record);
      this.sampler.watch(run);
    }
  }

  private countTicks(held: Held, nowMs: number): number {
    try {
      held.ticksDue = held.run.due(nowMs, TICKS_PER_TURN);
    } catch (error) {
      this.crash(held, error);
    }
    return held.ticksDue;
  }

  private beginTick(held: Held): boolean {
    try {
      held.run.beginTick();
      return true;
    } catch (error) {
      this.crash(held, error);
      return false;
    }
  }

  /** @returns whether another tick of this lathe is due */
  private endTick(held: Held): boolean {
    try {
      held.run.endTick();
      held.hasTicked = true;
      held.ticksDue = held.run.outcome ? 0 : held.ticksDue - 1;
    } catch (error) {
      this.crash(held, error);
    }
    return held.ticksDue > 0;
  }

  /** A run that crashes ends here and leaves the others alone. */
  private crash(held: Held, error: unknown): void {
    held.ticksDue = 0;
    held.end({ kind: 'crashed', error });
  }

  private startCommit(held: Held): void {
    held.committing = this.commit(held).finally(() => {
      held.committing = null;
    });
  }

  private async commit(held: Held): Promise<void> {
    const { run } = held;
    const checkpoint = run.checkpoint();
    const samples = run.samples.slice();
    const progressed = run.tickNumber > run.startedAtTick;
    run.wantsCommit = false;
    held.commits++;
    try {
      const commit = { turn: held.commits, checkpoint, samples, live: run.live(), progressed };
      const reply = await this.checkpoints.commit(run.latheId, run.epoch, commit);
      held.isFailing = false;
      if (reply.kind === 'fenced') return held.end({ kind: 'fenced' });
      if (reply.kind === 'repeated') {
        run.dropSamples(reply.upTo);
        run.wantsCommit = true;
        return;
      }
      run.dropSamples(checkpoint.sampleNumber);
      if (checkpoint.ended && checkpoint.proposals.length === 0) return held.end({ kind: 'ended' });
      this.deliver(run, reply.commands);
    } catch (error) {
      if (!held.isFailing) this.logger.warn(`${run.latheId} cannot be stored for now: ${(error as Error).message}`);
      held.isFailing = true; // tried again at its next turn; samples wait meanwhile
    }
  }

  /** Reads the commands of a lathe that this process holds. */
  private async fetchCommands(latheId: string): Promise<void> {
    const run = this.held.get(latheId)?.run;
    if (!run) return;
    try {
      this.deliver(run, await this.commands.read(latheId, run.newestCommandId));
    } catch (error) {
      this.logger.debug(`Commands of ${latheId} come with the next commit: ${(error as Error).message}`);
    }
  }

  private deliver(run: LatheRun, commands: readonly ReceivedCommand[]): void {
    if (commands.length === 0) return;
    run.receive(commands);
    this.wheel.hurry();
  }

  private async storeProposals(held: Held): Promise<void> {
    held.proposing = true;
    const { proposals } = held.run;
    for (let next = proposals[0]; next && this.held.get(held.run.latheId) === held; next = proposals[0]) {
      try {
        await held.propose(next);
        proposals.shift();
      } catch (error) {
        this.logger.warn(`An alarm of ${held.run.latheId} cannot be stored for now: ${(error as Error).message}`);
        await wait(RETRY_PROPOSAL_MS);
      }
    }
    held.proposing = false;
    held.run.wantsCommit = true;
  }
}

/** Takes out, in place, what does not pass. */
function keepWhere<T>(items: T[], passes: (item: T) => boolean): void {
  let kept = 0;
  for (let i = 0; i < items.length; i++) if (passes(items[i]!)) items[kept++] = items[i]!;
  items.length = kept;
}
