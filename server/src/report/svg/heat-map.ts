import { drawing, hint } from './axes.js';
import { element, label } from './element.js';

export interface HeatMap {
  name: string;
  /** of rows and columns */
  labels: readonly string[];
  /** -1..1; NaN = unknown */
  values: readonly (readonly number[])[];
}

const CELL = 44;
const LABEL_WIDTH = 150;
const LABEL_HEIGHT = 142;

/** A square of figures between -1 and 1, tinted by sign and size; what is unknown stays empty. */
export function heatMap({ name, labels, values }: HeatMap): string {
  const side = labels.length * CELL;
  const rows = values.map((row, i) =>
    row
      .map((value, j) => cell(value, LABEL_WIDTH + j * CELL, LABEL_HEIGHT + i * CELL, labels[i]!, labels[j]!))
      .join(''),
  );
  const beside = labels.map((text, i) =>
    label(text, {
      class: 'tick',
      x: LABEL_WIDTH - 8,
      y: LABEL_HEIGHT + i * CELL + CELL / 2 + 4,
      'text-anchor': 'end',
    }),
  );
  const above = labels.map((text, i) => {
    const x = LABEL_WIDTH + i * CELL + CELL / 2 + 4;
    const y = LABEL_HEIGHT - 8;
    return label(text, { class: 'tick', x, y, transform: `rotate(-50 ${x} ${y})` });
  });
  const size = { width: LABEL_WIDTH + side + 60, height: LABEL_HEIGHT + side + 2 };
  return drawing(name, size, ...rows, ...beside, ...above);
}

function cell(value: number, x: number, y: number, row: string, column: string): string {
  const square = { x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 2 };
  if (Number.isNaN(value))
    return element('rect', { class: 'cell unknown', ...square }, hint(`${row}, ${column}: unknown`));
  const strength = Math.abs(value);
  const written = value.toFixed(2).replace('-', '−');
  return (
    element(
      'rect',
      { class: `cell ${value < 0 ? 'falls' : 'rises'}`, ...square, 'fill-opacity': 0.04 + 0.86 * strength },
      hint(`${row}, ${column}: ${written}`),
    ) +
    label(written, {
      class: `figure ${strength > 0.85 ? 'strong' : strength > 0.7 ? 'marked' : ''}`.trim(),
      x: x + CELL / 2,
      y: y + CELL / 2 + 4,
      'text-anchor': 'middle',
    })
  );
}
