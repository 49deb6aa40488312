import { thinLine } from '#domain/statistics/thin-line.js';
import { bottomAxis, drawing, hint, leftAxis, type Margin, PLOT_MARGIN, PLOT_SIZE, type Size } from './axes.js';
import { element, label, round } from './element.js';
import { extentOf, linearScale, type Scale, type Span } from './scales.js';

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
  const y = linearScale(plot.yDomain ?? extentOf(heights) ?? [0, 1], [size.height - margin.bottom, margin.top], {
    ticks: 5,
  });
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
    label(limit.name, { class: 'note', x: margin.left + 5, y: at - 4 })
  );
}

function line(series: LineSeries, x: Scale, y: Scale, detail: number): string {
  const thin = thinLine(series, detail);
  let path = '';
  let isOpen = false;
  for (const [i, value] of thin.y.entries()) {
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${round(x.at(thin.x[i]!))},${round(y.at(value))}`;
    isOpen = true;
  }
  if (path === '') return '';
  const style = `line tone${series.tone}${series.dashed ? ' dashed' : ''}`;
  return element('g', { class: 'series' }, element('path', { class: style, d: path }, hint(series.name)));
}

function dots(series: LineSeries, x: Scale, y: Scale, detail: number): string {
  const thin = thinLine(series, detail);
  const circles = thin.y.flatMap((value, i) =>
    Number.isNaN(value) || Number.isNaN(thin.x[i]!)
      ? []
      : [element('circle', { cx: x.at(thin.x[i]!), cy: y.at(value), r: 2 })],
  );
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
