import { drawing, type Size } from './axes.js';
import { element, label } from './element.js';

export interface PanelKey {
  name: string;
  tone: number;
  dashed?: boolean;
}

const GAP = 18;
const KEY_HEIGHT = 30;
const KEY_LINE = 26;
const CHARACTER = 7.1;

/** Several plots of one size side by side in one drawing, with one key for all of them. */
export function panels(
  name: string,
  plots: readonly string[],
  columns: number,
  size: Size,
  keys: readonly PanelKey[],
): string {
  const placed = plots.map((plot, i) => {
    const x = (i % columns) * (size.width + GAP);
    const y = KEY_HEIGHT + Math.floor(i / columns) * (size.height + GAP);
    return plot.replace('<svg ', `<svg x="${x}" y="${y}" width="${size.width}" height="${size.height}" `);
  });
  const rows = Math.ceil(plots.length / columns);
  const whole = { width: columns * (size.width + GAP) - GAP, height: KEY_HEIGHT + rows * (size.height + GAP) };
  return drawing(name, whole, keyOf(keys), ...placed);
}

function keyOf(keys: readonly PanelKey[]): string {
  let x = 2;
  return keys
    .map(({ name, tone, dashed }) => {
      const from = x;
      x += KEY_LINE + 8 + name.length * CHARACTER + 18;
      const style = `line tone${tone}${dashed ? ' dashed' : ''}`;
      return (
        element('path', { class: style, d: `M${from},11h${KEY_LINE}` }) +
        label(name, { class: 'axis', x: from + KEY_LINE + 6, y: 15 })
      );
    })
    .join('');
}
