import { DAY_MS } from '#domain/telemetry/resolution.js';
import type { Window } from '../../../api/alarm-quality';

/** Days back from now, or a span of days that somebody names. */
export const SPANS = ['1', '7', '30', '90', 'other'] as const;
export type Span = (typeof SPANS)[number];

/** What the page shows; stands in the address, so that it can be linked to. */
export interface QualityView {
  span: Span;
  /** first and last day of another span, `2026-11-24`; empty while not chosen */
  fromDay: string;
  toDay: string;
  /** operating positions that share the load */
  operators: number;
}

const MOST_OPERATORS = 20;
export const OPERATORS = Array.from({ length: MOST_OPERATORS }, (_, i) => i + 1);

export function viewOf(search: URLSearchParams): QualityView {
  const span = search.get('span') as Span;
  const operators = Number(search.get('operators'));
  return {
    span: SPANS.includes(span) ? span : '30',
    fromDay: search.get('from') ?? '',
    toDay: search.get('to') ?? '',
    operators: OPERATORS.includes(operators) ? operators : 1,
  };
}

export function searchOf({ span, fromDay, toDay, operators }: QualityView): URLSearchParams {
  const isOther = span === 'other';
  const all = { span: span === '30' ? '' : span, from: isOther ? fromDay : '', to: isOther ? toDay : '' };
  const search = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
  if (operators > 1) search.set('operators', String(operators));
  return search;
}

/** Undefined while the days of another span are missing or the last comes before the first. The last day counts whole. */
export function windowOf({ span, fromDay, toDay }: QualityView, nowMs: number): Window | undefined {
  if (span !== 'other') return windowBetween(nowMs - Number(span) * DAY_MS, nowMs);
  const fromMs = Date.parse(`${fromDay}T00:00`);
  const toMs = Date.parse(`${toDay}T00:00`) + DAY_MS;
  return fromMs < toMs ? windowBetween(fromMs, toMs) : undefined;
}

/** The last days of a window. @param now - ends it where the window reaches into the future */
export function endOf({ from, to }: Window, days: number, nowMs: number): Window {
  const toMs = Math.min(Date.parse(to), Math.max(nowMs, Date.parse(from)));
  return windowBetween(Math.max(Date.parse(from), toMs - days * DAY_MS), toMs);
}

const windowBetween = (fromMs: number, toMs: number): Window => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
});
