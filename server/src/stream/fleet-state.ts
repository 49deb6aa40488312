import { LATHE_STATUSES, type LatheStatus } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { RECORD_FLAG, RECORD_HEADER_BYTES } from '#domain/telemetry/frame.js';
import type { LatestTable } from './latest-table.js';

interface Member {
  id: string;
  index: number;
  status: LatheStatus;
  locked: boolean;
  works: boolean;
  /** when the gateway learned of the state above */
  knownAtMs: number;
  idleAtMs: number;
}

export type IdleValues = (latheId: string, nowMs: number, out: Float32Array) => boolean;

const IDLE_REFRESH_MS = 1_000;
/** A tick that comes after the news of its job's end was late: without another one the lathe is at rest. */
const REST_AFTER_MS = 2_000;
const STATUS = Object.fromEntries(LATHE_STATUSES.map((status, i) => [status, i])) as Record<LatheStatus, number>;

/** Which lathes there are and how they stand; finishes the records of the table with status, flags and idle values. */
export class FleetState {
  private members: Member[] = [];
  private byId = new Map<string, Member>();
  private readonly idle = new Float32Array(CHANNEL_COUNT);
  private readonly staleAfterMs: number;

  constructor(
    private readonly table: LatestTable,
    tickHz: number,
  ) {
    this.staleAfterMs = Math.max(300, 3000 / tickHz);
  }

  get lathes(): { index: number; id: string }[] {
    return this.members.map(({ index, id }) => ({ index, id }));
  }

  indexOf(latheId: string): number | undefined {
    return this.byId.get(latheId)?.index;
  }

  idOf(index: number): string | undefined {
    return this.members.find((member) => member.index === index)?.id;
  }

  /** @returns true when a lathe is new */
  update(dto: LatheDto, nowMs: number): boolean {
    const known = this.byId.get(dto.id);
    const member: Member = {
      id: dto.id,
      index: dto.index,
      status: dto.status,
      locked: dto.locked,
      works: dto.status === 'running' || dto.status === 'offline',
      knownAtMs: nowMs,
      idleAtMs: 0,
    };
    this.byId.set(dto.id, member);
    if (!known) {
      this.table.resize(dto.index + 1);
      this.idle.fill(Number.NaN);
      this.write(this.table.record(dto.index), dto.index, nowMs);
    }
    this.members = [...this.byId.values()].sort((a, b) => a.index - b.index);
    return !known;
  }

  /** Brings the records up to `nowMs`: what a worker ticks keeps its values, everything else is at rest and cools. */
  finish(nowMs: number, idleValues: IdleValues): void {
    for (const member of this.members) {
      const tickedMs = this.table.receivedAtMs(member.index);
      const isTicking = member.works
        ? tickedMs > 0
        : tickedMs > member.knownAtMs && Math.abs(nowMs - tickedMs) <= REST_AFTER_MS;
      const record = this.table.record(member.index);
      if (!isTicking && nowMs - member.idleAtMs >= IDLE_REFRESH_MS) {
        member.idleAtMs = nowMs;
        if (idleValues(member.id, nowMs, this.idle)) this.write(record, member.index, nowMs);
      }
      const isStale = isTicking && nowMs - tickedMs > this.staleAfterMs;
      record[2] = STATUS[isTicking && member.status === 'idle' ? 'running' : member.status];
      const kept = (record[3] ?? 0) & ~(RECORD_FLAG.stale | RECORD_FLAG.locked);
      record[3] = kept | (isStale ? RECORD_FLAG.stale : 0) | (member.locked ? RECORD_FLAG.locked : 0);
    }
  }

  /** A record of a lathe at rest, from the values at hand. */
  private write(record: Buffer, index: number, nowMs: number): void {
    record.writeUInt16LE(index, 0);
    record[3] = 0;
    record.writeUInt32LE(0, 4);
    record.writeDoubleLE(nowMs, 8);
    for (let i = 0; i < CHANNEL_COUNT; i++)
      record.writeFloatLE(this.idle[i] ?? Number.NaN, RECORD_HEADER_BYTES + 4 * i);
  }
}
