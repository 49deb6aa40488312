import uPlot from 'uplot';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../widgets/figures';
import { token } from './token';

export { token };

import { drawBands, drawTruth, setFaults, type TraceFaults, withTruth } from './trace-faults';
import { drawMarks, MARKS_PX, type TraceMark } from './trace-marks';

/** A limit line: value in the unit of the wire. */
export interface TraceLimit {
  value: number;
  priority: number;
}

/** Columns in shown units: mean, and where stored data is shown its extremes. null = unknown. */
export interface TraceData {
  timesS: number[];
  mean: (number | null)[];
  min?: (number | null)[];
  max?: (number | null)[];
}

export interface TracePlotOptions {
  channel: ChannelName;
  limits: readonly TraceLimit[];
  /** window of the time axis, s since the epoch */
  window: () => [number, number];
  /** the window ends at the present and moves with it */
  live: boolean;
  marks: () => readonly TraceMark[];
  /** called with the stretch that somebody has drawn a frame around, s since the epoch */
  onSelect: (fromS: number, toS: number) => void;
  /** called for a wider view */
  onOut: () => void;
  /** called with the value next to the cursor, and with the time under it */
  onCursor: (value: number | null, timeS: number | null) => void;
}

/** A limit further away than this many times the data's own reach would flatten the trace; it is only named then. */
const LIMIT_IN_VIEW = 2.5;
const SYNC_KEY = 'lathe-traces';
/** A frame narrower than this was meant as a click. */
const MIN_FRAME_PX = 6;

/** Chart of one channel with its limits drawn. */
export function createTracePlot(host: HTMLElement, options: TracePlotOptions): uPlot {
  const { channel, limits } = options;
  const shown = limits.map((limit) => ({ ...limit, value: FIGURES[channel].shown(limit.value) }));
  const font = `16px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { font, stroke: () => token('--text-dim'), ticks: { show: false } };
  const grid = { stroke: () => token('--line'), width: 1 };
  const line = { stroke: () => token('--trace'), width: 1.5, points: { show: false }, spanGaps: false };
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  return new uPlot(
    {
      width: host.clientWidth || 300,
      height: host.clientHeight || 120,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: SYNC_KEY },
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
        bind: {
          dblclick: () => () => {
            options.onOut();
            return null;
          },
        },
      },
      scales: {
        x: { time: true, range: () => options.window() },
        y: {
          range: (plot, low, high) => {
            const [least, most] = withTruth(plot, low, high);
            return rangeOf(least, most, shown, 10 ** (1 - FIGURES[channel].digits));
          },
        },
      },
      axes: [
        options.live
          ? {
              ...axis,
              grid,
              size: 28 + MARKS_PX,
              gap: 5 + MARKS_PX,
              splits: (_plot, _index, low, high) => [0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low)),
              values: (_plot, splits) => splits.map((at) => relative(at, options.window()[1])),
            }
          : {
              ...axis,
              grid,
              size: 28 + MARKS_PX,
              gap: 5 + MARKS_PX,
              space: 110,
              values: (_plot, splits, _axis, _space, stepS) => splits.map((at) => clock(at, stepS)),
            },
        { ...axis, grid, size: 62, space: 34 },
      ],
      series: [{}, line, edge, edge],
      bands: [{ series: [3, 2], fill: () => token('--trace-band') }],
      hooks: {
        drawAxes: [drawBands],
        draw: [(plot) => drawLimits(plot, shown), drawTruth, (plot) => drawMarks(plot, options.marks())],
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width < MIN_FRAME_PX) return;
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            options.onSelect(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
          },
        ],
        setCursor: [
          (plot) => {
            const index = plot.cursor.idx;
            const value = index == null ? null : plot.data[1]?.[index];
            const { left } = plot.cursor;
            const timeS = left == null || left < 0 ? null : plot.posToVal(left, 'x');
            options.onCursor(value ?? null, timeS);
          },
        ],
      },
    },
    emptyData(),
    host,
  );
}

/** Hands a plot new data without touching the zoom that somebody chose. */
export function setTraceData(
  plot: uPlot,
  { timesS, mean, min, max }: TraceData,
  resetZoom: boolean,
  faults: TraceFaults,
): void {
  setFaults(plot, faults);
  const none = mean.map(() => null);
  plot.setData([timesS, mean, min ?? none, max ?? none] as uPlot.AlignedData, resetZoom);
}

function emptyData(): uPlot.AlignedData {
  return [[], [], [], []] as unknown as uPlot.AlignedData;
}

/** From 0, or below where the data is, to the data's top or a limit that is near; never less than `least` high. */
function rangeOf(
  low: number | null,
  high: number | null,
  limits: readonly TraceLimit[],
  least: number,
): [number, number] {
  const from = Math.min(low ?? 0, 0);
  const to = Math.max(high ?? 0, from + least);
  const near = limits.map((limit) => limit.value).filter((value) => value > from && value <= to * LIMIT_IN_VIEW);
  return [from, Math.max(to, ...near) * 1.08];
}

/** Draws limits as dashed lines in the colour of their priority. */
export function drawLimits(plot: uPlot, limits: readonly TraceLimit[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const { value, priority } of limits) {
    const y = Math.round(plot.valToPos(value, 'y', true));
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.strokeStyle = token(['--critical', '--critical', '--poor', '--watch'][priority] ?? '--line-strong');
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

const MINUTES = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
const SECONDS = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hour12: false });
const DAYS = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** A time of the axis as finely as its step needs. */
function clock(atS: number, stepS: number): string {
  return (stepS < 60 ? SECONDS : stepS < 86_400 ? MINUTES : DAYS).format(atS * 1000);
}

function relative(atS: number, endS: number): string {
  const seconds = Math.round(endS - atS);
  return seconds === 0 ? 'now' : `−${seconds} s`;
}
