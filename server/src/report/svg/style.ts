import { element, escapeText } from './element.js';

/** Colours that only tell lines apart: quiet, of different lightness, distinct for the common deficiencies of colour vision. */
const TONES = {
  light: ['#3d6478', '#b5803a', '#7d9a6b', '#8b5e83', '#2f8f93', '#a8544a', '#6c6f2f', '#5c6bb0', '#8c8f94', '#4f4a45'],
  dark: ['#8fb6cb', '#dba964', '#a5c291', '#c194b9', '#5fbfc2', '#dc8d82', '#b9bc6c', '#97a5e6', '#aab0b6', '#d8d2ca'],
} as const;

export const TONE_COUNT = TONES.light.length;

const tones = (scheme: keyof typeof TONES): string => TONES[scheme].map((tone, i) => `--tone${i}:${tone}`).join(';');

const LIGHT = `--ink:#1c2225;--ink-dim:#4f5a61;--grid:#dfe3e6;--base:#8b959c;--ground:#ffffff;--rises:#2f6f87;--falls:#964f22;--on-cell:#ffffff;--on-marked:#1c2225;${tones('light')}`;
const DARK = `--ink:#e3e7ea;--ink-dim:#a9b3ba;--grid:#2c3338;--base:#6b757d;--ground:#171b1e;--rises:#7db4cb;--falls:#dca274;--on-cell:#12161a;--on-marked:#12161a;${tones('dark')}`;

/** Colours of plots by the reader's scheme; paper is always light. */
export const PLOT_COLOURS = `:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{color-scheme:light;${LIGHT}}}`;

/** How plots look, by the classes that they use. */
export const PLOT_STYLE = `.plot{display:block;width:100%;height:auto;font:12px/1.2 "Inter Variable",Inter,system-ui,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
.plot text{fill:var(--ink-dim)}.plot .axis{fill:var(--ink);font-weight:550}.plot .note{fill:var(--ink);font-size:11px;paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
.plot .grid{stroke:var(--grid);stroke-width:1}.plot .grid.zero,.plot .base{stroke:var(--base);stroke-width:1}
.plot .line{fill:none;stroke:var(--tone);stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}.plot .dashed{stroke-dasharray:5 4}
.plot .alone{stroke-width:3.2}.plot .leader{fill:none;stroke:var(--tone);stroke-width:.7;opacity:.5}.plot .mark{fill:var(--tone);font-size:11px;font-weight:600}
.plot .series:hover .line{stroke-width:3}.plot .dots circle{fill:var(--tone);fill-opacity:.55}.plot .column{fill:var(--tone);fill-opacity:.85}
.plot .limit{stroke:var(--ink-dim);stroke-width:1;stroke-dasharray:3 3}
.plot .cell.rises{fill:var(--rises)}.plot .cell.falls{fill:var(--falls)}.plot .cell.unknown{fill:none;stroke:var(--grid);stroke-dasharray:2 2}
.plot .figure{fill:var(--ink);font-size:11px}.plot .figure.marked{fill:var(--on-marked)}.plot .figure.strong{fill:var(--on-cell);font-weight:600}
${Array.from({ length: TONE_COUNT }, (_, i) => `.plot .tone${i},.swatch.tone${i}{--tone:var(--tone${i})}`).join('')}`;

/** A plot that stands for itself as a file: it brings its colours along. @param credit - whose data it shows; default: none */
export function standalone(plot: string, credit = ''): string {
  const frame = '<rect width="100%" height="100%" fill="var(--ground)"/>';
  const told = credit ? element('desc', {}, escapeText(credit)) : '';
  return plot.replace(/^(<svg[^>]*>)/, `$1${told}<style>${PLOT_COLOURS}${PLOT_STYLE}</style>${frame}`);
}
