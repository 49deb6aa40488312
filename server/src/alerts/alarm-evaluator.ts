import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { evaluateRules } from '#domain/alarms/evaluate.js';
import { Expectation } from '#domain/alarms/expectation.js';
import { machineAlarm } from '#domain/alarms/machine-alarm.js';
import {
  alignMemory,
  newMemory,
  type RuleMemory,
  restoreMemory,
  type SavedRuleMemory,
  saveMemory,
} from '#domain/alarms/rule-memory.js';
import { compileRules, pointKey, type RuleSet } from '#domain/alarms/rules.js';
import type { MachineEvent } from '#domain/machining/events.js';
import { type Job, JobsRepository } from '../jobs/jobs.repository.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { type AlarmProposal, machineProposalOf, type ProposalSource, proposalOf } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';
import { AlertsService } from './alerts.service.js';
import { THRESHOLDS_CHANNEL, ThresholdsService } from './thresholds.service.js';

interface Watched {
  source: ProposalSource;
  rules: RuleSet;
  memory: RuleMemory;
  /** what the physical model expects of the job; missing where its plan is not known */
  expectation: Expectation | undefined;
}

const NO_PROPOSALS: readonly AlarmProposal[] = Object.freeze([]);

/** Judges each tick of the lathes of this process by their limits. */
@Injectable()
export class AlarmEvaluator implements OnApplicationBootstrap {
  private readonly logger = new Logger(AlarmEvaluator.name);
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly thresholds: ThresholdsService,
    private readonly alerts: AlertsService,
    private readonly alarms: AlarmsRepository,
    private readonly jobs: JobsRepository,
    private readonly redis: RedisService,
  ) {}

  /** Follows changes of limits; after an outage of the bus all limits are read again. */
  async onApplicationBootstrap(): Promise<void> {
    const subscriber = this.redis.connect('thresholds', { maxRetriesPerRequest: null });
    subscriber.on('message', (_channel, latheId) => void this.reload(latheId));
    subscriber.on('ready', () => {
      for (const latheId of this.watched.keys()) void this.reload(latheId);
    });
    await subscriber.subscribe(THRESHOLDS_CHANNEL);
  }

  /**
   * Begins or resumes watching a lathe: reads its limits, the plan of its job and which of its alarms are active.
   * @param saved - what `memory` gave for this job on its former worker, null for a fresh start
   */
  async open(latheId: string, jobId: string, saved: unknown): Promise<void> {
    const [thresholds, open, job] = await Promise.all([
      this.thresholds.load(latheId),
      this.alarms.listOpen(latheId),
      this.jobs.find(jobId),
    ]);
    const source = { latheId, jobId, toolNo: job?.plan.tool?.toolNo };
    const rules = compileRules(thresholds);
    const memory = isSavedMemory(saved) ? restoreMemory(rules, saved) : newMemory(rules);
    const active = open.filter(
      ({ alarm, toolNo }) => alarm.isActive && (toolNo === undefined || toolNo === source.toolNo),
    );
    const priorities = active.flatMap(({ type, channel, alarm }): [string, number][] =>
      channel ? [[pointKey(type, channel), alarm.priority]] : [],
    );
    alignMemory(rules, memory, new Map(priorities));
    this.watched.set(latheId, { source, rules, memory, expectation: job ? this.expectationOf(job) : undefined });
  }

  /**
   * Judges one tick. Allocates nothing while nothing changes; a lathe that is not watched has no alarms.
   * @param atMs - time of the tick, epoch ms
   */
  evaluate(latheId: string, atMs: number, channels: Float32Array): readonly AlarmProposal[] {
    const lathe = this.watched.get(latheId);
    if (!lathe) return NO_PROPOSALS;
    const { rules, memory, expectation, source } = lathe;
    expectation?.observe(atMs, channels);
    const changes = evaluateRules(rules, memory, atMs, channels, expectation);
    if (changes.length === 0) return NO_PROPOSALS;
    return changes.map((change) => proposalOf(change, source));
  }

  /** The proposal that an event of the machine calls for, null where it calls for none. */
  judgeEvent(latheId: string, atMs: number, event: MachineEvent): AlarmProposal | null {
    const lathe = this.watched.get(latheId);
    const alarm = lathe && machineAlarm(event);
    return alarm ? machineProposalOf(alarm, lathe.source, atMs) : null;
  }

  /** What is remembered of a lathe, as plain JSON for its checkpoint; null where it is not watched. */
  memory(latheId: string): SavedRuleMemory | null {
    const lathe = this.watched.get(latheId);
    return lathe ? saveMemory(lathe.rules, lathe.memory) : null;
  }

  /** Stores a proposal; storing it again changes nothing. */
  propose(proposal: AlarmProposal): Promise<void> {
    return this.alerts.propose(proposal);
  }

  /** The job is over: stops watching, and alarms that tell of the cut return. May be repeated. */
  async close(latheId: string, atMs: number): Promise<void> {
    this.watched.delete(latheId);
    await this.alerts.jobEnded(latheId, atMs);
  }

  /** Limits of readings hold for a job whose plan nobody can read, too: what is wrong with it the machine will say. */
  private expectationOf({ JobID, plan, timeScale }: Job): Expectation | undefined {
    try {
      return new Expectation(plan, timeScale);
    } catch (error) {
      this.logger.warn(`nothing can be expected of ${JobID}: ${(error as Error).message}`);
      return undefined;
    }
  }

  private async reload(latheId: string): Promise<void> {
    if (!this.watched.has(latheId)) return;
    try {
      const rules = compileRules(await this.thresholds.load(latheId));
      const lathe = this.watched.get(latheId);
      if (!lathe) return;
      lathe.memory = restoreMemory(rules, saveMemory(lathe.rules, lathe.memory));
      lathe.rules = rules;
    } catch (error) {
      this.logger.error(`limits of ${latheId} could not be read again: ${(error as Error).message}`);
    }
  }
}

function isSavedMemory(saved: unknown): saved is SavedRuleMemory {
  return typeof saved === 'object' && saved !== null && 'rules' in saved && 'announced' in saved;
}
