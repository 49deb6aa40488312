import { drawing, hint } from './axes.js';
import { element, label } from './element.js';
import { linearScale } from './scales.js';

export interface Bar {
  label: string;
  /** 0 or more; NaN = unknown */
  value: number;
  /** the value as it is written beside the bar */
  written: string;
  /** which of the quiet colours; default 0 */
  tone?: number;
}

export interface BarPlot {
  name: string;
  /** what is told, with its unit */
  title: string;
  bars: readonly Bar[];
  width?: number;
}

const ROW = 26;
const TOP = 24;
const LABEL_WIDTH = 150;
const VALUE_WIDTH = 78;

/** Horizontal bars from zero, each with its name and its figure. */
export function barPlot({ name, title, bars, width = 560 }: BarPlot): string {
  const longest = Math.max(0, ...bars.map(({ value }) => value || 0));
  const scale = linearScale([0, longest || 1], [LABEL_WIDTH, width - VALUE_WIDTH], { nice: false });
  const rows = bars.map((bar, i) => {
    const y = TOP + i * ROW;
    const end = scale.at(bar.value || 0);
    const length = Math.max(1, end - LABEL_WIDTH);
    return (
      label(bar.label, { class: 'tick', x: LABEL_WIDTH - 8, y: y + 16, 'text-anchor': 'end' }) +
      element(
        'rect',
        { class: `column tone${bar.tone ?? 0}`, x: LABEL_WIDTH, y: y + 4, width: length, height: ROW - 9, rx: 1.5 },
        hint(`${bar.label}: ${bar.written}`),
      ) +
      label(bar.written, { class: 'tick', x: end + 7, y: y + 16 })
    );
  });
  const height = TOP + bars.length * ROW + 4;
  return drawing(name, { width, height }, label(title, { class: 'axis', x: 2, y: 13 }), ...rows);
}
