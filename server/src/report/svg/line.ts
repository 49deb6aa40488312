import { thinLine } from '#domain/statistics/thin-line.js';
import { bottomAxis, drawing, hint, leftAxis, type Margin, PLOT_MARGIN, PLOT_SIZE, type Size } from './axes.js';
import { element, label, round } from './element.js';
import { extentOf, linearScale, logScale, type Scale, type Span } from './scales.js';

export interface LineSeries {
  name: string;
  /** which of the quiet colours */
  tone: number;
  /** written at the line's end; default: nothing */
  mark?: string;
  dashed?: boolean;
  x: ArrayLike<number>;
  /** NaN is a gap */
  y: ArrayLike<number>;
}

export interface LinePlot {
  name: string;
  xTitle: string;
  yTitle: string;
  series: readonly LineSeries[];
  /** horizontal lines with a word on them */
  limits?: readonly { value: number; name: string }[];
  /** 'line' (default), or dots that are not joined */
  style?: 'line' | 'dots';
  xDomain?: Span;
  yDomain?: Span;
  /** heights by powers of ten from this value (above 0) upwards; default: linear */
  logFrom?: number;
  /** points of a line that are drawn; default 400 */
  detail?: number;
  size?: Size;
}

const MARK_ROOM = 30;
const MARK_HEIGHT = 12;

/** Lines, or clouds of dots, over one pair of axes. */
export function linePlot(plot: LinePlot): string {
  const size = plot.size ?? PLOT_SIZE;
  const marked = plot.series.some(({ mark }) => mark !== undefined);
  const margin: Margin = { ...PLOT_MARGIN, right: PLOT_MARGIN.right + (marked ? MARK_ROOM : 0) };
  const limits = plot.limits ?? [];
  const x = linearScale(
    plot.xDomain ?? extentOf(plot.series.map((line) => line.x)) ?? [0, 1],
    [margin.left, size.width - margin.right],
    { ticks: 8, nice: false },
  );
  const heights = [...plot.series.map((line) => line.y), limits.map(({ value }) => value)];
  const down: Span = [size.height - margin.bottom, margin.top];
  const [low, high] = plot.yDomain ?? extentOf(heights) ?? [0, 1];
  const y = plot.logFrom
    ? logScale([plot.logFrom, Math.max(high, plot.logFrom)], down)
    : linearScale([low, high], down, { ticks: 5 });
  const draw = plot.style === 'dots' ? dots : line;
  return drawing(
    plot.name,
    size,
    leftAxis({ scale: y, title: plot.yTitle }, size, margin),
    bottomAxis({ scale: x, title: plot.xTitle }, size, margin),
    ...limits.map((limit) => limitLine(limit, y, size, margin)),
    ...plot.series.map((series) => draw(series, x, y, plot.detail ?? 400)),
    marked ? endMarks(plot.series, x, y, size, margin) : '',
  );
}

function limitLine(limit: { value: number; name: string }, y: Scale, { width }: Size, margin: Margin): string {
  const at = y.at(limit.value);
  const right = width - margin.right;
  return (
    element('line', { class: 'limit', x1: margin.left, x2: right, y1: at, y2: at }) +
    label(limit.name, { class: 'note', x: margin.left + 5, y: at < margin.top + 12 ? at + 12 : at - 4 })
  );
}

function line(series: LineSeries, x: Scale, y: Scale, detail: number): string {
  const thin = thinLine(series, detail);
  let joined = '';
  let alone = '';
  for (const [i, value] of thin.y.entries()) {
    if (Number.isNaN(value)) continue;
    const at = `${round(x.at(thin.x[i]!))},${round(y.at(value))}`;
    const begins = Number.isNaN(thin.y[i - 1] ?? Number.NaN);
    const ends = Number.isNaN(thin.y[i + 1] ?? Number.NaN);
    if (begins && ends) alone += `M${at}h0`;
    else joined += `${begins ? 'M' : 'L'}${at}`;
  }
  const style = `line tone${series.tone}${series.dashed ? ' dashed' : ''}`;
  const parts = [
    joined && element('path', { class: style, d: joined }, hint(series.name)),
    alone && element('path', { class: `${style} alone`, d: alone }, hint(series.name)),
  ].filter(Boolean);
  return parts.length > 0 ? element('g', { class: 'series' }, ...parts) : '';
}

function dots(series: LineSeries, x: Scale, y: Scale, detail: number): string {
  const length = Math.min(series.x.length, series.y.length);
  const stride = Math.max(1, Math.ceil(length / detail));
  const circles: string[] = [];
  for (let i = 0; i < length; i += stride) {
    const [across, up] = [series.x[i]!, series.y[i]!];
    if (Number.isNaN(across) || Number.isNaN(up)) continue;
    circles.push(element('circle', { cx: x.at(across), cy: y.at(up), r: 2 }));
  }
  return element('g', { class: `series dots tone${series.tone}` }, hint(series.name), ...circles);
}

/** The marks at the ends of their lines, moved apart where they would cover each other. */
function endMarks(series: readonly LineSeries[], x: Scale, y: Scale, { width, height }: Size, margin: Margin): string {
  const ends = series.flatMap(({ mark, tone, x: xs, y: ys }) => {
    const last = lastKnown(ys);
    return mark === undefined || last < 0 ? [] : [{ mark, tone, x: x.at(xs[last]!), y: y.at(ys[last]!), at: 0 }];
  });
  ends.sort((a, b) => a.y - b.y);
  const bottom = height - margin.bottom;
  let free = margin.top;
  for (const [i, end] of ends.entries()) {
    const stillToCome = ends.length - 1 - i;
    end.at = Math.max(free, Math.min(end.y, bottom - stillToCome * MARK_HEIGHT));
    free = end.at + MARK_HEIGHT;
  }
  const column = width - margin.right + 12;
  return ends
    .map(
      (end) =>
        element('path', {
          class: `leader tone${end.tone}`,
          d: `M${round(end.x)},${round(end.y)}L${round(column - 2)},${round(end.at)}`,
        }) + label(end.mark, { class: `mark tone${end.tone}`, x: column, y: end.at + 4 }),
    )
    .join('');
}

function lastKnown(values: ArrayLike<number>): number {
  for (let i = values.length - 1; i >= 0; i--) if (!Number.isNaN(values[i]!)) return i;
  return -1;
}
