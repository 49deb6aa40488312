import type { QueryClient } from '@tanstack/react-query';
import type { FloodNowDto } from '#domain/contract/alarm-kpi.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { STREAM_PATH } from '#domain/contract/stream.js';
import { RECORD_FLAG } from '#domain/telemetry/frame.js';
import { alertFeed } from '../api/alert-cache';
import { keys } from '../api/keys';
import { applyChange, applyLathes, refetchAll } from './apply-change';
import { pageNowMs } from './clock';
import { connectionStore } from './connection-store';
import { FrameReader } from './frame-reader';
import { LatestFeed } from './latest-feed';
import { type DurableMessage, StreamClient, staleAfterMs } from './stream-client';
import { liveTicks } from './tick-buffer';
import { TraceRecorder } from './trace-recorder';

/** Rate asked for while somebody looks, and while the page is hidden, in Hz. */
const VISIBLE_HZ = 10;
const HIDDEN_HZ = 1;

const reader = new FrameReader(liveTicks);
let client: StreamClient | undefined;

/** The recent past of the lathe on the inspection page. */
export const traces = new TraceRecorder();
reader.onTick = (slot, ticks) => traces.onTick(slot, ticks);

/** Opens the page's one socket and keeps the cached slow data in step with its events. @returns ends it */
export function startLive(cache: QueryClient): () => void {
  const lathes = new LatestFeed<LatheDto>(
    ({ id }) => id,
    (changed) => applyLathes(cache, changed),
  );
  const flood = new LatestFeed<FloodNowDto>(
    () => 'flood',
    ([now]) => cache.setQueryData(keys.flood, now),
  );
  const onChange = (message: DurableMessage) => {
    if (message.event === 'alert') alertFeed.take(message.data);
    else if (message.event === 'lathe') lathes.take(message.data);
    else if (message.event === 'flood') flood.take(message.data);
    else applyChange(cache, message);
  };
  const stream = new StreamClient({
    ticks: liveTicks,
    reader,
    open: (protocol) => new WebSocket(streamUrl(), protocol),
    now: pageNowMs,
    random: Math.random,
    listener: {
      onState: (state, nextAttemptAtMs) =>
        connectionStore.setState({ state, sinceMs: pageNowMs(), lastFrameAtMs: lastFrameAtMs(), nextAttemptAtMs }),
      onChange,
      onResync: () => refetchAll(cache),
      onRefused: () => void cache.invalidateQueries({ queryKey: keys.me }),
    },
  });
  client = stream;
  const onVisibility = () => {
    stream.setRate(document.hidden ? HIDDEN_HZ : VISIBLE_HZ);
    if (!document.hidden) stream.retryNow();
  };
  const onOnline = () => stream.retryNow();
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', onOnline);
  stream.start();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', onOnline);
    stream.stop();
    client = undefined;
  };
}

export function retryConnection(): void {
  client?.retryNow();
}

/** This page's clock, ms; undefined before the first frame. */
export function lastFrameAtMs(): number | undefined {
  return Number.isFinite(reader.lastFrameAtMs) ? reader.lastFrameAtMs : undefined;
}

/**
 * Age of what is known of a lathe, ms: since its last record came, or since its tick where the server marks it stale.
 * Infinity where nothing ever came.
 */
export function ageMs(slot: number, nowMs: number): number {
  const receivedAtMs = liveTicks.receivedAtMs[slot] ?? 0;
  if (slot < 0 || receivedAtMs === 0) return Number.POSITIVE_INFINITY;
  const stale = ((liveTicks.flags[slot] ?? 0) & RECORD_FLAG.stale) !== 0;
  if (!stale) return Math.max(0, nowMs - receivedAtMs);
  return Math.max(0, nowMs + liveTicks.clockOffsetMs - (liveTicks.latestTimeMs[slot] ?? 0));
}

/** Whether a value of that age must look stale. */
export function isStale(valueAgeMs: number): boolean {
  return valueAgeMs > staleAfterMs(client?.periodMs ?? 100);
}

function streamUrl(): string {
  const url = new URL(STREAM_PATH, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
