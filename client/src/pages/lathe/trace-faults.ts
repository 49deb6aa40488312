import type uPlot from 'uplot';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { token } from './token';

/** Time in which an injected fault acted, s since the epoch. */
export interface TraceBand {
  fromS: number;
  toS: number;
  words: string;
  /** the one channel whose sensor it falsifies; absent where it is one of the machine, which all channels show */
  channel?: ChannelName;
}

/** What a faulty sensor should have told, in shown units; null parts the line. */
export interface TraceTruth {
  timesS: readonly number[];
  values: readonly (number | null)[];
}

/** What is drawn of injected faults. */
export interface TraceFaults {
  bands: readonly TraceBand[];
  truth?: TraceTruth | undefined;
}

/** Faults of each plot; they have times of their own, which no column of its data has. */
const FAULTS = new WeakMap<uPlot, TraceFaults>();

export function setFaults(plot: uPlot, faults: TraceFaults): void {
  FAULTS.set(plot, faults);
}

/** The data's extremes together with those of the true values in view. */
export function withTruth(plot: uPlot, low: number | null, high: number | null): [number | null, number | null] {
  const truth = FAULTS.get(plot)?.truth;
  if (!truth) return [low, high];
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = plot.scales['x'] ?? {};
  let [least, most] = [low, high];
  for (const [i, value] of truth.values.entries()) {
    const timeS = truth.timesS[i]!;
    if (value === null || timeS < min || timeS > max) continue;
    least = least === null ? value : Math.min(least, value);
    most = most === null ? value : Math.max(most, value);
  }
  return [least, most];
}

/** A hatched ground below the time of each fault: no colour, for an exercise is no alarm. */
export function drawBands(plot: uPlot): void {
  const { ctx, bbox } = plot;
  const bands = FAULTS.get(plot)?.bands ?? [];
  if (bands.length === 0) return;
  const pitch = 9 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (const { fromS, toS } of bands) {
    const [left, right] = spanOf(plot, fromS, toS);
    if (right > left) ctx.rect(left, bbox.top, right - left, bbox.height);
  }
  ctx.fillStyle = token('--stale-wash');
  ctx.fill();
  ctx.clip();
  ctx.beginPath();
  for (let x = bbox.left - bbox.height; x < bbox.left + bbox.width; x += pitch) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.strokeStyle = token('--line');
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** Left and right of a span on the canvas, cut to the chart. */
function spanOf(plot: uPlot, fromS: number, toS: number): [number, number] {
  const { left, width } = plot.bbox;
  const at = (timeS: number) => plot.valToPos(timeS, 'x', true);
  return [Math.max(left, at(fromS)), Number.isFinite(toS) ? Math.min(left + width, at(toS)) : left + width];
}

export function drawTruth(plot: uPlot): void {
  const truth = FAULTS.get(plot)?.truth;
  if (!truth) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  let isPen = false;
  for (const [i, value] of truth.values.entries()) {
    if (value !== null) {
      const [x, y] = [plot.valToPos(truth.timesS[i]!, 'x', true), plot.valToPos(value, 'y', true)];
      if (isPen) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
    }
    isPen = value !== null;
  }
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.strokeStyle = token('--text');
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/** What has become of the sensor within the time that a plot shows, in words; empty where it is sound. */
export function sensorFaultInView(plot: uPlot): string {
  const { min, max } = plot.scales['x'] ?? {};
  const { bands = [], truth } = FAULTS.get(plot) ?? {};
  if (min == null || max == null) return '';
  const inView = bands.filter(({ fromS, toS, channel }) => channel && toS >= min && fromS <= max);
  if (inView.length === 0) return '';
  const isTold = truth?.values.some((value, i) => value !== null && truth.timesS[i]! >= min);
  return `${[...new Set(inView.map(({ words }) => words))].join(', ')}${isTold ? ', dotted: the truth' : ''}`;
}
