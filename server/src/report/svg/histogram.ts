import { bottomAxis, drawing, hint, leftAxis, PLOT_MARGIN, PLOT_SIZE, type Size } from './axes.js';
import { element, label } from './element.js';
import { inFigures, linearScale } from './scales.js';

export interface HistogramLayer {
  name: string;
  /** which of the quiet colours */
  tone: number;
  /** one count for each bin */
  counts: readonly number[];
}

export interface HistogramPlot {
  name: string;
  xTitle: string;
  yTitle: string;
  /** ascending, one more than bins */
  edges: readonly number[];
  /** stacked on each other, the first at the bottom */
  layers: readonly HistogramLayer[];
  /** vertical lines with a word on them, such as the median */
  marks?: readonly { value: number; name: string }[];
  size?: Size;
}

/** Stacked columns over bins of equal width. */
export function histogramPlot(plot: HistogramPlot): string {
  const size = plot.size ?? PLOT_SIZE;
  const margin = PLOT_MARGIN;
  const bins = plot.edges.length - 1;
  const totals = Array.from({ length: bins }, (_, i) => plot.layers.reduce((sum, { counts }) => sum + counts[i]!, 0));
  const x = linearScale([plot.edges[0]!, plot.edges.at(-1)!], [margin.left, size.width - margin.right], {
    ticks: 8,
    nice: false,
  });
  const y = linearScale([0, Math.max(1, ...totals)], [size.height - margin.bottom, margin.top], { ticks: 4 });

  const columns = Array.from({ length: bins }, (_, i) => {
    const left = x.at(plot.edges[i]!) + 0.5;
    const width = Math.max(0.5, x.at(plot.edges[i + 1]!) - left - 0.5);
    let below = 0;
    return plot.layers.map(({ name, tone, counts }) => {
      const count = counts[i]!;
      const top = y.at(below + count);
      const height = y.at(below) - top;
      below += count;
      if (count === 0) return '';
      const words = `${inFigures(plot.edges[i]!, 4)} to ${inFigures(plot.edges[i + 1]!, 4)}: ${count} ${name}`;
      return element('rect', { class: `column tone${tone}`, x: left, y: top, width, height }, hint(words));
    });
  });
  return drawing(
    plot.name,
    size,
    leftAxis({ scale: y, title: plot.yTitle }, size, margin),
    ...columns.flat(),
    bottomAxis({ scale: x, title: plot.xTitle }, size, margin),
    ...(plot.marks ?? []).map(({ value, name }) => {
      const at = x.at(value);
      const isRight = at > size.width * 0.7;
      return (
        element('line', { class: 'limit', x1: at, x2: at, y1: margin.top, y2: size.height - margin.bottom }) +
        label(name, {
          class: 'note',
          x: isRight ? at - 5 : at + 5,
          y: margin.top + 9,
          'text-anchor': isRight ? 'end' : 'start',
        })
      );
    }),
  );
}
