import { Injectable } from '@nestjs/common';
import { type ReceivedCommand, toCommands } from '../realtime-bus/command-bus.js';
import { KEYS } from '../realtime-bus/keys.js';
import { LuaScript } from '../realtime-bus/lua-script.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import { encodeSamples, type TelemetrySample } from '../realtime-bus/telemetry-batch.js';
import type { Checkpoint, LiveSummary } from './checkpoint.js';

/** The right to write for a lathe, until somebody else takes it. */
export interface Grip {
  latheId: string;
  /** u32, greater than that of every earlier holder */
  epoch: number;
  checkpoint: Checkpoint | null;
  /** starts of this job in a row that made no progress, this one included */
  starts: number;
}

export interface Commit {
  /** counts the commits of this holder from 1, so that one that comes late cannot undo a later one */
  turn: number;
  checkpoint: Checkpoint;
  samples: readonly TelemetrySample[];
  live: LiveSummary;
  /** job that has shown progress since its start */
  progressed: boolean;
}

export type CommitReply =
  | { kind: 'stored'; commands: ReceivedCommand[] }
  /** somebody else holds the lathe: nothing was written */
  | { kind: 'fenced' }
  /** samples up to that number are stored already, by a commit whose answer was lost: nothing was written */
  | { kind: 'repeated'; upTo: number };

const STARTS_TTL_S = 86_400;
/** Epochs start above any earlier one even where Redis has lost its data: seconds since 2024. */
const EPOCH_ZERO_MS = Date.UTC(2024, 0, 1);

const ACQUIRE = new LuaScript(`
local epoch = math.max(tonumber(redis.call('GET', KEYS[1]) or '0') + 1, tonumber(ARGV[1]))
redis.call('SET', KEYS[1], string.format('%.0f', epoch))
local starts = redis.call('INCR', KEYS[3])
redis.call('EXPIRE', KEYS[3], ARGV[2])
return {string.format('%.0f', epoch), starts, redis.call('HGET', KEYS[2], 'c') or ''}
`);

const COMMIT = new LuaScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'fenced'} end
local turn = redis.call('HMGET', KEYS[2], 'e', 'v', 'n')
if turn[1] == ARGV[1] and tonumber(turn[2] or '0') >= tonumber(ARGV[12]) then return {'repeated', turn[3]} end
if ARGV[7] ~= '' then
  if tonumber(turn[3] or '0') >= tonumber(ARGV[6]) then return {'repeated', turn[3]} end
  redis.call('XADD', KEYS[3], '*', 'l', ARGV[4], 'j', ARGV[5], 's', ARGV[7])
end
redis.call('HSET', KEYS[2], 'n', ARGV[8], 'a', ARGV[9], 'c', ARGV[2], 'e', ARGV[1], 'v', ARGV[12])
redis.call('HSET', KEYS[4], ARGV[4], ARGV[3])
if ARGV[10] == '1' then redis.call('DEL', KEYS[6]) end
return {'stored', redis.call('XRANGE', KEYS[5], '(' .. ARGV[11], '+', 'COUNT', 64)}
`);

const REPLACE = new LuaScript(`
if (redis.call('HGET', KEYS[1], 'a') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'n', ARGV[2], 'a', ARGV[3], 'c', ARGV[4])
return 1
`);

/** Checkpoints of lathes in Redis. State and samples are written in one step, by the newest holder alone. */
@Injectable()
export class CheckpointStore {
  constructor(private readonly redis: RedisService) {}

  /** Takes the lathe: from now on every earlier holder is refused. */
  async acquire(latheId: string, jobId: string): Promise<Grip> {
    const least = Math.floor((Date.now() - EPOCH_ZERO_MS) / 1000);
    const keys = [KEYS.epoch(latheId), KEYS.checkpoint(latheId), KEYS.starts(jobId)];
    const reply = await ACQUIRE.run(this.redis.client, keys, [least, STARTS_TTL_S]);
    const [epoch, starts, json] = reply as [string, number, string];
    return { latheId, epoch: Number(epoch), starts, checkpoint: json ? (JSON.parse(json) as Checkpoint) : null };
  }

  /** Writes state and samples together or not at all, and brings the commands that have come since. */
  async commit(latheId: string, epoch: number, commit: Commit): Promise<CommitReply> {
    const { checkpoint, samples, live } = commit;
    const jobId = live.jobId ?? checkpoint.ended?.jobId ?? '';
    const keys = [
      KEYS.epoch(latheId),
      KEYS.checkpoint(latheId),
      KEYS.telemetry,
      KEYS.live,
      KEYS.commands(latheId),
      KEYS.starts(jobId),
    ];
    const reply = (await COMMIT.run(this.redis.client, keys, [
      epoch,
      JSON.stringify(checkpoint),
      JSON.stringify(live),
      latheId,
      jobId,
      samples[0]?.number ?? 0,
      samples.length > 0 ? encodeSamples(samples) : '',
      checkpoint.sampleNumber,
      checkpoint.atMs,
      commit.progressed ? 1 : 0,
      checkpoint.commandId,
      commit.turn,
    ])) as [kind: string, rest?: unknown];
    if (reply[0] === 'fenced') return { kind: 'fenced' };
    if (reply[0] === 'repeated') return { kind: 'repeated', upTo: Number(reply[1]) };
    return { kind: 'stored', commands: toCommands(reply[1] as [string, string[]][]) };
  }

  async read(latheId: string): Promise<Checkpoint | null> {
    const json = await this.redis.client.hget(KEYS.checkpoint(latheId), 'c');
    return json ? (JSON.parse(json) as Checkpoint) : null;
  }

  /** Times of the newest checkpoints, as text; null where a lathe has none. */
  async readTimes(latheIds: readonly string[]): Promise<(string | null)[]> {
    const pipeline = this.redis.client.pipeline();
    for (const latheId of latheIds) pipeline.hget(KEYS.checkpoint(latheId), 'a');
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, value]) => (error ? null : (value as string | null)));
  }

  /**
   * Writes the state of a lathe on which no job runs.
   * @param known - the checkpoint that the change was made from
   * @returns false where it is no longer the newest
   */
  async replaceIdle(latheId: string, known: Checkpoint | null, next: Checkpoint): Promise<boolean> {
    const args = [known ? known.atMs : '', next.sampleNumber, next.atMs, JSON.stringify(next)];
    return (await REPLACE.run(this.redis.client, [KEYS.checkpoint(latheId)], args)) === 1;
  }

  /** What the list of lathes is to show of a lathe on which no job runs. */
  async writeLive(latheId: string, live: LiveSummary): Promise<void> {
    await this.redis.client.hset(KEYS.live, latheId, JSON.stringify(live));
  }
}
