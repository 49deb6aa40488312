import { BLACK_BOX_AFTER_MS, BLACK_BOX_BEFORE_MS } from '#domain/contract/black-box.js';

/**
 * Alarms of one lathe that are raised within this time share what is kept: in a flood thousands of them cost no more than
 * a few. Short, so that the stream of ticks still holds the beginning when it is cut.
 */
const SHARED_MS = 5000;
/** A tick reaches the stream this much after its time at the latest. */
const LATE_TICKS_MS = 1000;

/** What is cut at once for all alarms that were raised from `raisedFromMs` on and before `raisedToMs`. Epoch ms. */
export interface BlackBoxSpan {
  raisedFromMs: number;
  raisedToMs: number;
  /** ticks that are kept */
  fromMs: number;
  toMs: number;
  /** when all of them are there */
  readyMs: number;
}

export function spanAround(raisedAtMs: number): BlackBoxSpan {
  const raisedFromMs = Math.floor(raisedAtMs / SHARED_MS) * SHARED_MS;
  const raisedToMs = raisedFromMs + SHARED_MS;
  const toMs = raisedToMs + BLACK_BOX_AFTER_MS;
  return { raisedFromMs, raisedToMs, fromMs: raisedFromMs - BLACK_BOX_BEFORE_MS, toMs, readyMs: toMs + LATE_TICKS_MS };
}
