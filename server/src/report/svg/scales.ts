import { multiplesOf, niceStep } from '#domain/statistics/nice-step.js';

export type Span = readonly [from: number, to: number];

/** Maps values to coordinates and knows which of them deserve a tick. */
export interface Scale {
  domain: Span;
  range: Span;
  ticks: readonly number[];
  /** coordinate of a value */
  at(value: number): number;
  /** a value in as many digits as the ticks need */
  format(value: number): string;
}

export interface ScaleOptions {
  /** about how many ticks; default 6 */
  ticks?: number;
  /** whether the domain is widened to whole ticks; default true */
  nice?: boolean;
}

/** A linear scale. A domain of one value is widened around it. @param range - coordinates of both ends */
export function linearScale([from, to]: Span, range: Span, { ticks = 6, nice = true }: ScaleOptions = {}): Scale {
  const [low, high] = from < to ? [from, to] : aroundOne(from);
  const step = niceStep((high - low) / ticks);
  const domain: Span = nice
    ? [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step]
    : [low, high];
  const [start, end] = range;
  const perUnit = (end - start) / (domain[1] - domain[0]);
  return {
    domain,
    range,
    ticks: multiplesOf(step, domain[0], domain[1]),
    at: (value) => start + (value - domain[0]) * perUnit,
    format: numberFormat(step),
  };
}

/**
 * A scale of powers of ten; what lies below its domain is shown at its lower end.
 * @param domain - its lower end above 0; widened to whole powers
 */
export function logScale([from, to]: Span, range: Span): Scale {
  const low = Math.floor(Math.log10(from) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(to) - 1e-9));
  const [start, end] = range;
  const perPower = (end - start) / (high - low);
  return {
    domain: [10 ** low, 10 ** high],
    range,
    ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
    at: (value) => start + (Math.max(low, Math.log10(value)) - low) * perPower,
    format: (value) => inFigures(value, 1),
  };
}

const aroundOne = (value: number): Span => {
  const half = value === 0 ? 1 : Math.abs(value) / 10;
  return [value - half, value + half];
};

/** Writes numbers with the decimals that tell neighbours of that step apart, and a thin space between thousands. */
export function numberFormat(step: number): (value: number) => string {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const decimals = Number.isInteger(Math.round(step * 10 ** digits * 1e6) / 1e6) ? digits : digits + 1;
  return (value) => withThinSpaces((value || 0).toFixed(decimals));
}

/** A whole number. */
export const inWhole = numberFormat(1);

/** A number in about three digits, as tables tell it; a dash where it is unknown. */
export function inFigures(value: number | undefined, digits = 3): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)) + 1e-9));
  return withThinSpaces(value.toFixed(Math.min(decimals, 6)));
}

function withThinSpaces(written: string): string {
  const [whole = '', decimals] = written.replace('-', '−').split('.');
  const grouped = /\d{5}/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ' ') : whole;
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** Smallest and largest known value of several columns; undefined where nothing is known. */
export function extentOf(columns: Iterable<ArrayLike<number>>): Span | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}
