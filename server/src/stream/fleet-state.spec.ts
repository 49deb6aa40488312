import { beforeEach, describe, expect, it } from '@jest/globals';
import { LATHE_STATUSES, type LatheStatus } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { CHANNEL_COUNT } from '#domain/telemetry/channels.js';
import { RECORD_FLAG } from '#domain/telemetry/frame.js';
import { TickBatchWriter } from '../realtime-bus/tick-batch.js';
import { FleetState } from './fleet-state.js';
import { LatestTable } from './latest-table.js';

const REST_RPM = 0;
const TICK_RPM = 900;

let table: LatestTable;
let fleet: FleetState;

beforeEach(() => {
  table = new LatestTable();
  fleet = new FleetState(table, 10);
});

const hear = (status: LatheStatus, atMs: number) =>
  fleet.update({ id: 'lathe-1', index: 0, status, locked: false } as LatheDto, atMs);

const tick = (atMs: number) => {
  const writer = new TickBatchWriter(1);
  writer.begin();
  const values = new Float32Array(CHANNEL_COUNT).fill(TICK_RPM);
  writer.add(1, { latheIndex: 0, status: 1, flags: 0, tickNumber: 5, tickTimeMs: atMs, values });
  table.applyBatch(writer.finish(atMs), atMs);
};

const shownAt = (nowMs: number) => {
  fleet.finish(nowMs, (_id, _now, out) => {
    out.fill(REST_RPM);
    return true;
  });
  const record = table.record(0);
  const isStale = ((record[3] ?? 0) & RECORD_FLAG.stale) !== 0;
  return { status: LATHE_STATUSES[record[2] ?? 0], isStale, rpm: record.readFloatLE(16) };
};

describe('a lathe in the frames', () => {
  it('runs as soon as it ticks, and is stale when its ticks stay away', () => {
    hear('idle', 1_000);
    expect(shownAt(1_100)).toEqual({ status: 'idle', isStale: false, rpm: REST_RPM });
    tick(1_200);
    expect(shownAt(1_250)).toEqual({ status: 'running', isStale: false, rpm: TICK_RPM });
    hear('running', 1_260);
    expect(shownAt(1_900)).toEqual({ status: 'running', isStale: true, rpm: TICK_RPM });
  });

  it('comes to rest although its last tick came after the news of its end', () => {
    hear('running', 1_000);
    tick(1_100);
    hear('idle', 1_200);
    tick(1_250);
    expect(shownAt(1_300)).toEqual({ status: 'running', isStale: false, rpm: TICK_RPM });
    expect(shownAt(4_000)).toEqual({ status: 'idle', isStale: false, rpm: REST_RPM });
  });
});
