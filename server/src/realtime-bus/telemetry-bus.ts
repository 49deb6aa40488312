import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { KEYS } from './keys.js';
import { RedisService } from './redis.service.js';
import type { StreamEntry } from './stream-follower.js';
import { decodeSamples, type TelemetrySample } from './telemetry-batch.js';

/** Consecutive samples of one lathe and job, as one entry of the stream. */
export interface TelemetryEntry {
  id: string;
  latheId: string;
  jobId: string;
  samples: TelemetrySample[];
}

export const RECORDER_GROUP = 'recorder';

type RawEntry = [id: Buffer, fields: Buffer[] | null];
type RawReply = [stream: Buffer, entries: RawEntry[]][] | null;

/** Samples on their way to the store: each entry is kept until a recorder has acknowledged it. */
@Injectable()
export class TelemetryBus {
  constructor(private readonly redis: RedisService) {}

  async ensureGroup(): Promise<void> {
    try {
      await this.redis.client.xgroup('CREATE', KEYS.telemetry, RECORDER_GROUP, '0', 'MKSTREAM');
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('BUSYGROUP')) throw error;
    }
  }

  /** Entries that no recorder has been given yet; waits up to `blockMs`. `connection` is used by this reader alone. */
  async readNew(connection: Redis, consumer: string, count: number, blockMs: number): Promise<TelemetryEntry[]> {
    const reply = (await connection.xreadgroupBuffer(
      'GROUP',
      RECORDER_GROUP,
      consumer,
      'COUNT',
      count,
      'BLOCK',
      blockMs,
      'STREAMS',
      KEYS.telemetry,
      '>',
    )) as RawReply;
    return toEntries(reply?.[0]?.[1] ?? []);
  }

  /** Takes over entries that another recorder was given at least `idleMs` ago and has not acknowledged. */
  async claim(consumer: string, idleMs: number, count: number): Promise<TelemetryEntry[]> {
    const reply = (await this.redis.client.callBuffer(
      'XAUTOCLAIM',
      KEYS.telemetry,
      RECORDER_GROUP,
      consumer,
      idleMs,
      '0-0',
      'COUNT',
      count,
    )) as [Buffer, RawEntry[]];
    return toEntries(reply[1]);
  }

  async acknowledge(ids: string[]): Promise<void> {
    if (ids.length > 0) await this.redis.client.xack(KEYS.telemetry, RECORDER_GROUP, ...ids);
  }

  /** Drops entries below the oldest one that is not acknowledged; never one that a recorder still has to store. */
  async trim(): Promise<void> {
    const delivered = await this.lastDelivered(); // first: what another recorder is given from now on is not below it
    const pending = (await this.redis.client.xpending(KEYS.telemetry, RECORDER_GROUP)) as [number, string | null];
    const lowest = pending[1] ?? delivered;
    if (lowest) await this.redis.client.xtrim(KEYS.telemetry, 'MINID', lowest);
  }

  /** Consumers that hold nothing and have been silent for `idleMs` are forgotten. */
  async forgetDeadConsumers(idleMs: number): Promise<void> {
    const consumers = (await this.redis.client.xinfo('CONSUMERS', KEYS.telemetry, RECORDER_GROUP)) as unknown[][];
    for (const consumer of consumers.map(toRecord)) {
      if (Number(consumer['pending']) === 0 && Number(consumer['idle']) >= idleMs) {
        await this.redis.client.xgroup('DELCONSUMER', KEYS.telemetry, RECORDER_GROUP, String(consumer['name']));
      }
    }
  }

  private async lastDelivered(): Promise<string | null> {
    const groups = (await this.redis.client.xinfo('GROUPS', KEYS.telemetry)) as unknown[][];
    const group = groups.map(toRecord).find((each) => each['name'] === RECORDER_GROUP);
    return group ? String(group['last-delivered-id']) : null;
  }
}

function toRecord(flat: unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (let i = 0; i + 1 < flat.length; i += 2) record[String(flat[i])] = flat[i + 1];
  return record;
}

function toEntries(raw: RawEntry[]): TelemetryEntry[] {
  // an entry that was trimmed while pending comes back without fields
  return raw.flatMap(([id, fields]) => (fields ? [toEntry({ id: id.toString(), fields })] : []));
}

function toEntry({ id, fields }: StreamEntry): TelemetryEntry {
  return {
    id,
    latheId: String(fields[1]),
    jobId: String(fields[3]),
    samples: decodeSamples(fields[5] ?? Buffer.alloc(0)),
  };
}
