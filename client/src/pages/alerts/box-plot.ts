import uPlot from 'uplot';
import { BLACK_BOX_AFTER_MS, BLACK_BOX_BEFORE_MS, type KeptBlackBox } from '#domain/contract/black-box.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../widgets/figures';
import { drawLimits, token } from '../lathe/trace-plot';

export interface BoxPlotOptions {
  box: KeptBlackBox;
  channel: ChannelName;
  /** in the unit of the wire */
  limit: number | undefined;
  priority: number;
}

const SYNC_KEY = 'black-box';
const MARKS_S = [-60, -40, -20, 0, 20];

/**
 * Chart of one channel of a black box. The time axis is in seconds from the moment in which the alarm was raised.
 * @param onCursor - called with the point under the cursor: s and shown value
 */
export function createBoxPlot(
  host: HTMLElement,
  { box, channel, limit, priority }: BoxPlotOptions,
  onCursor: (atS: number | null, value: number | null) => void,
): uPlot {
  const { shown } = FIGURES[channel];
  const raisedMs = Date.parse(box.raisedAt);
  const timesS = box.t.map((ms) => (ms - raisedMs) / 1000);
  const values = (box.channels[channel] ?? []).map((value) => (value === null ? null : shown(value)));
  const limits = limit === undefined ? [] : [{ value: shown(limit), priority }];
  const font = `16px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { font, stroke: () => token('--text-dim'), ticks: { show: false } };
  const grid = { stroke: () => token('--line'), width: 1 };
  return new uPlot(
    {
      width: host.clientWidth || 300,
      height: host.clientHeight || 100,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { sync: { key: SYNC_KEY }, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: [-BLACK_BOX_BEFORE_MS / 1000, BLACK_BOX_AFTER_MS / 1000] },
        y: { range: (_plot, low, high) => spanOf(low, high, limits[0]?.value) },
      },
      axes: [
        { ...axis, grid, size: 28, splits: () => MARKS_S, values: (_plot, splits) => splits.map(secondsWords) },
        { ...axis, grid, size: 62, space: 34 },
      ],
      series: [{}, { stroke: () => token('--trace'), width: 1.5, points: { show: false }, spanGaps: false }],
      hooks: {
        draw: [(plot) => drawLimits(plot, limits), drawRaised],
        setCursor: [
          (plot) => {
            const at = plot.cursor.idx;
            onCursor(at == null ? null : (timesS[at] ?? null), at == null ? null : (values[at] ?? null));
          },
        ],
      },
    },
    [timesS, values],
    host,
  );
}

function spanOf(low: number | null, high: number | null, limit: number | undefined): [number, number] {
  const from = Math.min(low ?? 0, limit ?? Number.POSITIVE_INFINITY);
  const to = Math.max(high ?? 1, limit ?? Number.NEGATIVE_INFINITY);
  const room = Math.max((to - from) * 0.08, 1e-6);
  return [from >= 0 ? Math.max(0, from - room) : from - room, to + room];
}

/** The moment in which the alarm was raised. */
function drawRaised(plot: uPlot): void {
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(0, 'x', true));
  ctx.save();
  ctx.strokeStyle = token('--text');
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function secondsWords(atS: number): string {
  return atS === 0 ? 'raised' : `${atS > 0 ? '+' : '−'}${Math.abs(atS)} s`;
}
