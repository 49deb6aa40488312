import { element, escapeText, label } from './element.js';
import type { Scale } from './scales.js';

export interface Size {
  width: number;
  height: number;
}

/** Space around the area of a plot that axes and labels take. */
export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export const PLOT_SIZE: Size = { width: 560, height: 260 };
export const PLOT_MARGIN: Margin = { top: 26, right: 14, bottom: 40, left: 56 };

export interface Axis {
  scale: Scale;
  /** what is told, with its unit */
  title: string;
}

/** Horizontal grid, the numbers beside it, and what they mean above them. */
export function leftAxis({ scale, title }: Axis, { width }: Size, margin: Margin): string {
  const right = width - margin.right;
  const rows = scale.ticks.map((tick) => {
    const y = scale.at(tick);
    return (
      element('line', { class: tick === 0 ? 'grid zero' : 'grid', x1: margin.left, x2: right, y1: y, y2: y }) +
      label(scale.format(tick), { class: 'tick', x: margin.left - 7, y: y + 4, 'text-anchor': 'end' })
    );
  });
  return element('g', {}, ...rows, label(title, { class: 'axis', x: 2, y: 13 }));
}

/** Base line with ticks, their numbers, and what they mean at its right end. */
export function bottomAxis({ scale, title }: Axis, { width, height }: Size, margin: Margin): string {
  const base = height - margin.bottom;
  const right = width - margin.right;
  const ticks = scale.ticks.map((tick) => {
    const x = scale.at(tick);
    return (
      element('line', { class: 'base', x1: x, x2: x, y1: base, y2: base + 4 }) +
      label(scale.format(tick), { class: 'tick', x, y: base + 17, 'text-anchor': 'middle' })
    );
  });
  return element(
    'g',
    {},
    element('line', { class: 'base', x1: margin.left, x2: right, y1: base, y2: base }),
    ...ticks,
    label(title, { class: 'axis', x: right, y: height - 5, 'text-anchor': 'end' }),
  );
}

/** A plot as an element of its own, with a name for those who cannot see it. */
export function drawing(name: string, { width, height }: Size, ...content: string[]): string {
  const attributes = {
    class: 'plot',
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': name,
  };
  return element('svg', attributes, ...content);
}

/** What a mark says when pointed at. */
export function hint(text: string): string {
  return `<title>${escapeText(text)}</title>`;
}
