import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { z } from 'zod';
import type { LatheDto } from '#domain/contract/lathe.js';
import { type Hello, type Subscribed, type SubscribeSchema } from '#domain/contract/stream.js';
import { CHANNELS } from '#domain/telemetry/channels.js';
import { AppConfig } from '../config/config.js';
import { MetricsService } from '../health/metrics.service.js';
import { LatheViewService } from '../lathes/lathe-view.service.js';
import { type BusEvent, EventBus } from '../realtime-bus/event-bus.js';
import type { Follower } from '../realtime-bus/stream-follower.js';
import { TickBus } from '../realtime-bus/tick-bus.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { FleetState } from './fleet-state.js';
import { FrameClock } from './frame-clock.js';
import { LatestTable } from './latest-table.js';
import { UnknownLatheError } from './stream.errors.js';
import type { StreamClient, StreamEvent } from './stream-client.js';
import { Topic, topicRate } from './topic.js';

/** More events than this between a client's last and now are not replayed one by one. */
const MAX_REPLAY = 5_000;
const REPLAY_PAGE = 1_000;

/** Turns worker ticks into frames and durable events into messages, once for all clients of this api process. */
@Injectable()
export class StreamHub implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(StreamHub.name);
  private readonly table = new LatestTable();
  private readonly fleet: FleetState;
  private readonly clock: FrameClock;
  private readonly clients = new Set<StreamClient>();
  private readonly topics = new Map<string, Topic>();
  /** A restarted gateway starts new sequences, which this number tells apart. */
  private readonly epoch = Math.floor(Date.now() / 1000);
  private nextTopicId = 1;
  private lastEventId = '0-0';
  private followers: Follower[] = [];

  constructor(
    private readonly config: AppConfig,
    private readonly ticks: TickBus,
    private readonly events: EventBus,
    private readonly lathes: LatheViewService,
    private readonly machines: MachineStateService,
    private readonly metrics: MetricsService,
  ) {
    this.fleet = new FleetState(this.table, config.tickHz);
    this.clock = new FrameClock(config.tickHz, (nowMs) => this.produceFrames(nowMs));
  }

  async onApplicationBootstrap(): Promise<void> {
    this.lastEventId = await this.events.readLatestId();
    for (const lathe of await this.lathes.list()) this.fleet.update(lathe, Date.now());
    this.followers = [
      this.ticks.follow((batch) => this.takeBatch(batch)),
      this.events.follow(this.lastEventId, (event) => this.takeEvent(event)),
    ];
    this.clock.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.clock.stop();
    await Promise.all(this.followers.map((follower) => follower.stop()));
  }

  get newestEventId(): string {
    return this.lastEventId;
  }

  hello(): Hello {
    return {
      protocol: 1,
      lathes: this.fleet.lathes,
      channels: CHANNELS.map(({ name, unit }) => ({ name, unit })),
      tickHz: this.config.tickHz,
      serverTimeMs: Date.now(),
      lastEventId: this.lastEventId,
    };
  }

  add(client: StreamClient): void {
    this.clients.add(client);
    this.metrics.streamClients.set(this.clients.size);
  }

  remove(client: StreamClient): void {
    const { topic } = client;
    client.leave();
    if (topic) this.dropIfEmpty(topic);
    this.clients.delete(client);
    this.metrics.streamClients.set(this.clients.size);
  }

  /** Puts the client on the topic it asks for and lets events flow. @throws UnknownLatheError */
  async subscribe(client: StreamClient, wish: z.output<typeof SubscribeSchema>): Promise<void> {
    const lathes = this.indexesOf(wish.lathes);
    const topic = this.topicFor(wish.lathes === 'all', lathes, topicRate(wish.hz, this.config.tickHz));
    const left = client.topic;
    client.say('subscribed', this.answerOf(topic));
    this.fleet.finish(Date.now(), this.idleValues);
    client.join(topic, topic.keyframeOf(this.table, Date.now()));
    if (left && left !== topic) this.dropIfEmpty(left);
    if (!client.eventsFlow) await this.resumeEvents(client, wish.lastEventId ?? client.resumeFrom);
  }

  acknowledge(client: StreamClient, topicId: number, sequence: number): void {
    if (client.topic?.id !== topicId) return;
    if (client.acknowledge(sequence)) client.restart(client.topic.keyframeOf(this.table, Date.now()));
  }

  private async resumeEvents(client: StreamClient, fromId: string): Promise<void> {
    const missed: StreamEvent[] = [];
    if (!(await this.events.canResumeFrom(fromId))) return client.resync(this.lastEventId);
    let after = fromId;
    for (;;) {
      const page = await this.events.read(after, REPLAY_PAGE);
      missed.push(...page.map(toStreamEvent));
      after = page.at(-1)?.id ?? after;
      if (missed.length > MAX_REPLAY) return client.resync(this.lastEventId);
      if (page.length < REPLAY_PAGE) break;
    }
    client.resume(fromId, missed);
  }

  private takeBatch(batch: Buffer): void {
    const worker = this.table.applyBatch(batch, Date.now());
    if (worker !== null) this.clock.workerReported(worker);
  }

  private takeEvent(event: BusEvent): void {
    this.lastEventId = event.id;
    const message = toStreamEvent(event);
    const isNewLathe = event.kind === 'lathe' && this.fleet.update(JSON.parse(event.json) as LatheDto, Date.now());
    if (isNewLathe) this.announceFleet();
    for (const client of this.clients) client.deliver(message);
  }

  private announceFleet(): void {
    const hello = this.hello();
    for (const client of this.clients) client.say('hello', hello);
    // over a copy: each successor takes the key of its predecessor, and would be met again without end
    for (const [key, topic] of [...this.topics]) {
      if (!key.startsWith('all')) continue;
      this.topics.delete(key);
      const successor = this.topicFor(true, this.indexesOf('all'), topic.hz);
      for (const client of [...topic.clients]) {
        client.say('subscribed', this.answerOf(successor));
        client.join(successor, successor.keyframeOf(this.table, Date.now()));
      }
    }
  }

  private answerOf({ id, hz, lathes }: Topic): Subscribed {
    return { topic: id, hz, lathes: lathes.map((index) => this.fleet.idOf(index) ?? '') };
  }

  private produceFrames(nowMs: number): void {
    const due = [...this.topics.values()].filter((topic) => topic.isDue());
    if (due.length === 0) return;
    this.fleet.finish(nowMs, this.idleValues);
    for (const topic of due) {
      topic.produce(this.table, nowMs);
      for (const client of topic.clients) if (client.hasDrained()) client.restart(topic.keyframeOf(this.table, nowMs));
    }
  }

  private readonly idleValues = (latheId: string, nowMs: number, out: Float32Array): boolean => {
    try {
      return this.machines.idleChannels(latheId, nowMs, out);
    } catch (error) {
      this.log.error(error);
      return false;
    }
  };

  private indexesOf(wish: 'all' | string[]): number[] {
    if (wish === 'all') return this.fleet.lathes.map(({ index }) => index);
    const indexes = new Set<number>();
    for (const id of wish) {
      const index = this.fleet.indexOf(id);
      if (index === undefined) throw new UnknownLatheError(id);
      indexes.add(index);
    }
    return [...indexes].sort((a, b) => a - b);
  }

  private topicFor(all: boolean, lathes: number[], hz: number): Topic {
    const key = `${all ? 'all' : lathes.join(',')}@${hz}`;
    const known = this.topics.get(key);
    if (known) return known;
    const topic = new Topic(this.nextTopicId++, hz, lathes, this.epoch, this.config.tickHz);
    this.topics.set(key, topic);
    return topic;
  }

  private dropIfEmpty(topic: Topic): void {
    if (topic.clients.size > 0) return;
    for (const [key, known] of this.topics) if (known === topic) this.topics.delete(key);
  }
}

const toStreamEvent = ({ id, kind, json }: BusEvent): StreamEvent => ({
  id,
  kind,
  text: `{"event":"${kind}","data":${json},"id":"${id}"}`,
});
