import { Injectable, Logger } from '@nestjs/common';
import type { DurableEventKind } from '#domain/contract/stream.js';
import { KEYS } from './keys.js';
import { LuaScript } from './lua-script.js';
import { RedisService } from './redis.service.js';
import { type Follower, followStream, newestId, nothingTrimmed, type StreamEntry } from './stream-follower.js';

export interface BusEvent {
  /** Stream id `ms-n`; a later event has a greater one. */
  id: string;
  kind: DurableEventKind;
  /** The object as JSON text, ready to be spliced into a message. */
  json: string;
}

const KEEP_EVENTS = 20_000;
const KEY_TTL_S = 86_400;

const PUBLISH = new LuaScript(`
local keyed = KEYS[2]
if keyed then
  local known = redis.call('GET', keyed)
  if known then return known end
end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'k', ARGV[2], 'd', ARGV[3])
if keyed then redis.call('SET', keyed, id, 'EX', ARGV[4]) end
return id
`);

const PUBLISH_CHANGE = new LuaScript(`
if redis.call('HGET', KEYS[2], ARGV[4]) == ARGV[5] then return false end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'k', ARGV[2], 'd', ARGV[3])
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
return id
`);

/** Durable events on their way to browsers: never conflated, resumable by id. */
@Injectable()
export class EventBus {
  private readonly logger = new Logger(EventBus.name);

  constructor(private readonly redis: RedisService) {}

  /**
   * Appends an event.
   * @param key - an event with a key that was published within a day is not appended again
   * @returns the id of the event, of the first one where the key was known
   */
  async publish(kind: DurableEventKind, data: object, key?: string): Promise<string> {
    const keys: string[] = key === undefined ? [KEYS.events] : [KEYS.events, KEYS.eventKey(key)];
    return (await PUBLISH.run(this.redis.client, keys, [KEEP_EVENTS, kind, JSON.stringify(data), KEY_TTL_S])) as string;
  }

  /**
   * Appends the new view of a lathe, unless the last one that any process has appended had the same signature.
   * @returns the id of the event, null where nothing has changed
   */
  async publishLathe(lathe: { id: string }, signature: string): Promise<string | null> {
    const args = [KEEP_EVENTS, 'lathe', JSON.stringify(lathe), lathe.id, signature];
    return (await PUBLISH_CHANGE.run(this.redis.client, [KEYS.events, KEYS.latheViews], args)) as string | null;
  }

  /** Signatures of the views that were appended last; null for a lathe of which none was. */
  async lastLatheSignatures(latheIds: readonly string[]): Promise<(string | null)[]> {
    return latheIds.length > 0 ? this.redis.client.hmget(KEYS.latheViews, ...latheIds) : [];
  }

  /** Up to `count` events behind `afterId`, oldest first. */
  async read(afterId: string, count = 500): Promise<BusEvent[]> {
    const entries = await this.redis.client.xrangeBuffer(KEYS.events, `(${afterId}`, '+', 'COUNT', count);
    return (entries as [Buffer, Buffer[]][]).map(([id, fields]) => toEvent({ id: id.toString(), fields }));
  }

  /** Id of the newest event, `0-0` where there is none. */
  async readLatestId(): Promise<string> {
    return newestId(this.redis.client, KEYS.events);
  }

  /** Whether every event behind `id` is still kept; false too for text that is no id and for an id from the future. */
  async canResumeFrom(id: string): Promise<boolean> {
    if (!/^\d{1,15}-\d{1,15}$/.test(id)) return false;
    const [oldest] = await this.redis.client.xrange(KEYS.events, '-', '+', 'COUNT', 1);
    const latest = await this.readLatestId();
    if (compareIds(id, latest) > 0) return false;
    if (!oldest || compareIds(id, oldest[0]) >= 0) return true;
    return nothingTrimmed(this.redis.client, KEYS.events);
  }

  /** Hands over each event behind `afterId` (`$` for those from now on), over outages, until stopped. */
  follow(afterId: string, onEvent: (event: BusEvent) => void): Follower {
    return followStream(
      this.redis.connect('events-reader'),
      KEYS.events,
      afterId,
      (entry) => onEvent(toEvent(entry)),
      (error) => this.logger.error(error),
    );
  }
}

/** Order of two stream ids: negative, 0 or positive. */
export function compareIds(a: string, b: string): number {
  const [aMs = 0, aN = 0] = a.split('-').map(Number);
  const [bMs = 0, bN = 0] = b.split('-').map(Number);
  return aMs - bMs || aN - bN;
}

function toEvent({ id, fields }: StreamEntry): BusEvent {
  return { id, kind: String(fields[1]) as DurableEventKind, json: String(fields[3]) };
}
