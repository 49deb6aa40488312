/** A stretch of stored time, epoch ms. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** What the traces show: the moving present, or a stretch of the past. */
export type TraceView = 'live' | Stretch;

export const LIVE_SPAN_MS = 120_000;
/** Shorter than this there is hardly a stored sample, longer there may be none. */
const SHORTEST_MS = 20_000;
export const LONGEST_MS = 30 * 86_400_000;

export const PRESETS = [
  { value: 'live', label: '2 min', spanMs: LIVE_SPAN_MS },
  { value: '1h', label: '1 h', spanMs: 3_600_000 },
  { value: '8h', label: '8 h', spanMs: 8 * 3_600_000 },
  { value: '24h', label: '24 h', spanMs: 86_400_000 },
  { value: '7d', label: '7 d', spanMs: 7 * 86_400_000 },
  { value: '30d', label: '30 d', spanMs: LONGEST_MS },
] as const;
export type Preset = (typeof PRESETS)[number]['value'];

/** The stretch as near to the wish as can be: neither too short nor too long, and nothing behind the present. */
export function within({ fromMs, toMs }: Stretch, nowMs: number): Stretch {
  const spanMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, toMs - fromMs));
  const middleMs = (fromMs + toMs) / 2;
  const endMs = Math.min(nowMs, middleMs + spanMs / 2);
  return { fromMs: Math.round(endMs - spanMs), toMs: Math.round(endMs) };
}

/** The stretch `factor` times as long, with the moment at `share` (0..1) of it staying in its place. */
export function zoomed({ fromMs, toMs }: Stretch, factor: number, share: number, nowMs: number): Stretch {
  const spanMs = toMs - fromMs;
  const wished = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, spanMs * factor));
  const anchorMs = fromMs + share * spanMs;
  return within({ fromMs: anchorMs - share * wished, toMs: anchorMs + (1 - share) * wished }, nowMs);
}

/** The stretch moved by `share` of its own length; negative is earlier. */
export function moved({ fromMs, toMs }: Stretch, share: number, nowMs: number): Stretch {
  const byMs = share * (toMs - fromMs);
  return within({ fromMs: fromMs + byMs, toMs: toMs + byMs }, nowMs);
}
