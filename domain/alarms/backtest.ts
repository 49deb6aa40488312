import type { Threshold } from '../contract/alert.js';
import type { AlarmCounts, BacktestResult } from '../contract/backtest.js';
import { isFleeting, noteRaise, type RecentRaises } from './alarm-quality.js';
import { type AlarmChange, evaluateRules } from './evaluate.js';
import type { Expectation } from './expectation.js';
import { ALARM_PRIORITIES } from './priority.js';
import { alignMemory, newMemory, type RuleMemory } from './rule-memory.js';
import { compileRules, pointKey, type RuleSet } from './rules.js';
import { TOOL_CHANNELS } from './tool-channels.js';

/** What is known of the job that readings come from. */
export interface BacktestJob {
  toolNo?: number;
  /** what the model expects of it; without it there is no ANOMALY */
  expectation?: Expectation;
}

interface PointCounts extends AlarmCounts {
  recent: RecentRaises;
}

/** One set of limits at work on stored readings, by the very rules that judge live ones. */
export class Backtest {
  private readonly rules: RuleSet;
  private memory: RuleMemory;
  private job: BacktestJob = {};
  private readonly counts = new Map<string, PointCounts>();
  private readonly byPriority = new Map<number, number>(ALARM_PRIORITIES.map((priority) => [priority, 0]));
  /** Per point: when it was raised; only while it is. */
  private readonly raisedMs = new Map<string, number>();
  /** Alarms of tools that stay while another tool is in use: tool, point, priority. */
  private readonly ofTools = new Map<number, Map<string, number>>();

  /** @throws ThresholdsInvalidError as `assertThresholds` does */
  constructor(thresholds: readonly Threshold[]) {
    this.rules = compileRules(thresholds);
    this.memory = newMemory(this.rules);
  }

  /** The readings from now on are those of another job: alarms of the last one's cut are over with it. */
  beginJob(atMs: number, job: BacktestJob): void {
    for (const [key, raisedMs] of this.raisedMs) if (!this.isOfTool(key)) this.end(key, raisedMs, atMs);
    this.job = job;
    this.memory = newMemory(this.rules);
    alignMemory(this.rules, this.memory, this.standingOf(job.toolNo));
  }

  /** Judges one set of readings, in the order of time. @param channels - in wire order and unit */
  add(atMs: number, channels: ArrayLike<number>): void {
    for (const change of evaluateRules(this.rules, this.memory, atMs, channels, this.job.expectation)) {
      this.note(change);
    }
  }

  result(): BacktestResult {
    const byType: Record<string, AlarmCounts> = {};
    for (const { type } of this.rules.points) byType[type] = noCounts();
    const total = noCounts();
    for (const { key, type } of this.rules.points) {
      const counts = this.countsOf(key);
      addTo(total, counts);
      addTo(byType[type]!, counts);
    }
    return { ...total, byType, byPriority: Object.fromEntries(this.byPriority) };
  }

  /** Of the limits of one type and channel. */
  countsOf(key: string): AlarmCounts {
    const { alarms, chattering, fleeting } = this.counts.get(key) ?? noCounts();
    return { alarms, chattering, fleeting };
  }

  private note({ kind, type, channel, atMs, priority }: AlarmChange): void {
    const key = pointKey(type, channel);
    if (this.isOfTool(key)) this.keepOfTool(key, kind === 'returned' ? 0 : priority);
    if (kind === 'returned') {
      const raisedMs = this.raisedMs.get(key);
      if (raisedMs !== undefined) this.end(key, raisedMs, atMs);
      return;
    }
    if (kind === 'escalated') return;
    const counts = this.counts.get(key) ?? { ...noCounts(), recent: [] };
    this.counts.set(key, counts);
    counts.alarms++;
    if (noteRaise(counts.recent, atMs)) counts.chattering++;
    this.byPriority.set(priority, (this.byPriority.get(priority) ?? 0) + 1);
    this.raisedMs.set(key, atMs);
  }

  private end(key: string, raisedMs: number, atMs: number): void {
    this.raisedMs.delete(key);
    if (isFleeting(raisedMs, atMs)) this.counts.get(key)!.fleeting++;
  }

  private isOfTool(key: string): boolean {
    const point = this.rules.points.find((known) => known.key === key);
    return point !== undefined && TOOL_CHANNELS.has(point.channel);
  }

  private keepOfTool(key: string, priority: number): void {
    const toolNo = this.job.toolNo ?? 0;
    const standing = this.ofTools.get(toolNo) ?? new Map<string, number>();
    this.ofTools.set(toolNo, standing);
    if (priority === 0) standing.delete(key);
    else standing.set(key, priority);
  }

  private standingOf(toolNo = 0): ReadonlyMap<string, number> {
    return this.ofTools.get(toolNo) ?? new Map();
  }
}

const noCounts = (): AlarmCounts => ({ alarms: 0, chattering: 0, fleeting: 0 });

function addTo(sum: AlarmCounts, { alarms, chattering, fleeting }: AlarmCounts): void {
  sum.alarms += alarms;
  sum.chattering += chattering;
  sum.fleeting += fleeting;
}
