import uPlot from 'uplot';
import { drawLimits, type TraceLimit, token } from '../trace-plot';

const SYNC_KEY = 'what-if-outlook';
/** A limit further away than this many times the reach of the curves is only named. */
const LIMIT_IN_VIEW = 1.5;

export interface OutlookPlotOptions {
  limit: TraceLimit | undefined;
  /** whether the axis begins at 0 */
  fromZero: boolean;
  /** least height of the axis, in its unit */
  least: number;
  /** called with both values under the cursor */
  onCursor: (minute: number | null, current: number | null, proposed: number | null) => void;
}

/** Chart of one value over the time to come: grey as planned, blue as proposed. */
export function createOutlookPlot(host: HTMLElement, options: OutlookPlotOptions): uPlot {
  const font = `16px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { font, stroke: () => token('--text-dim'), ticks: { show: false } };
  const grid = { stroke: () => token('--line'), width: 1 };
  const points = { show: false };
  const limits = options.limit ? [options.limit] : [];
  return new uPlot(
    {
      width: host.clientWidth || 300,
      height: host.clientHeight || 150,
      padding: [8, 30, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: SYNC_KEY }, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_plot, from, to) => [from, to] },
        y: { range: (_plot, low, high) => rangeOf(low, high, options) },
      },
      axes: [
        { ...axis, grid, size: 28, space: 70, values: (_plot, splits) => splits.map((minute) => `${minute} min`) },
        { ...axis, grid, size: 62, space: 34 },
      ],
      series: [
        {},
        { stroke: () => token('--text-dim'), width: 1.5, points },
        { stroke: () => token('--focus'), width: 2.5, points },
      ],
      hooks: {
        draw: [(plot) => drawLimits(plot, limits)],
        setCursor: [
          (plot) => {
            const at = plot.cursor.idx;
            const value = (series: number) => (at == null ? null : (plot.data[series]?.[at] ?? null));
            options.onCursor(value(0), value(1), value(2));
          },
        ],
      },
    },
    [[], [], []],
    host,
  );
}

function rangeOf(low: number | null, high: number | null, options: OutlookPlotOptions): [number, number] {
  const from = options.fromZero ? 0 : (low ?? 0);
  const to = Math.max(high ?? from, from + options.least);
  const limit = options.limit?.value;
  const near = limit !== undefined && limit > from && limit - from <= (to - from) * LIMIT_IN_VIEW ? limit : to;
  const top = Math.max(to, near);
  const margin = (top - from) * 0.08;
  return [options.fromZero ? 0 : from - margin, top + margin];
}
