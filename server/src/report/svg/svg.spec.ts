import { describe, expect, it } from '@jest/globals';
import { openTags } from '../../../test/open-tags.js';
import { barPlot } from './bars.js';
import { element, escapeText } from './element.js';
import { heatMap } from './heat-map.js';
import { histogramPlot } from './histogram.js';
import { linePlot } from './line.js';
import { extentOf, inFigures, linearScale } from './scales.js';
import { standalone } from './style.js';

const lines = (series: { x: number[]; y: number[] }[], more = {}) =>
  linePlot({
    name: 'Test',
    xTitle: 'Time in min',
    yTitle: 'Torque in N·m',
    series: series.map((line, i) => ({ name: `line ${i}`, tone: i, ...line })),
    ...more,
  });

describe('a scale', () => {
  it('reaches whole ticks and maps them onto its range', () => {
    const scale = linearScale([3, 97], [0, 100], { ticks: 5 });
    expect(scale.domain).toEqual([0, 100]);
    expect(scale.ticks).toEqual([0, 20, 40, 60, 80, 100]);
    expect(scale.at(25)).toBe(25);
    expect(scale.format(40)).toBe('40');
  });

  it('runs downwards for heights, with the decimals that its ticks need', () => {
    const scale = linearScale([0.1, 0.34], [200, 0], { ticks: 5 });
    expect(scale.at(scale.domain[0])).toBe(200);
    expect(scale.at(scale.domain[1])).toBe(0);
    expect(scale.ticks.map(scale.format)).toEqual(['0.10', '0.15', '0.20', '0.25', '0.30', '0.35']);
  });

  it('gives a single value room, zero too', () => {
    expect(linearScale([5, 5], [0, 10]).domain[0]).toBeLessThan(5);
    expect(linearScale([0, 0], [0, 10]).at(0)).toBeCloseTo(5, 9);
  });

  it('knows the extent of what is known', () => {
    expect(
      extentOf([
        [Number.NaN, 3],
        [-1, 2],
      ]),
    ).toEqual([-1, 3]);
    expect(extentOf([[Number.NaN], []])).toBeUndefined();
  });

  it.each([
    [0, '0'],
    [1234.5, '1235'],
    [-12345.6, '−12 346'],
    [1234567, '1 234 567'],
    [0.012345, '0.0123'],
    [-2.71234, '−2.71'],
    [Number.NaN, '–'],
  ])('writes %d as %s', (value, written) => expect(inFigures(value)).toBe(written));
});

describe('a line', () => {
  it('goes where its values are and leaves gaps open', () => {
    const plot = lines([{ x: [0, 1, 2, 3], y: [0, 10, Number.NaN, 10] }], { xDomain: [0, 3], yDomain: [0, 10] });
    // area from 56 to 546 across and from 220 up to 26
    expect(plot).toContain('d="M56,220L219.33,26"');
    expect(plot).toMatch(/class="line tone0 alone" d="M546,26h0"/);
    expect(plot).toContain('Torque in N·m');
    expect(plot).toContain('<title>line 0</title>');
  });

  it('has its mark at the end, apart from those of its neighbours', () => {
    const together = Array.from({ length: 4 }, (_, i) => ({ x: [0, 1], y: [0, 1], mark: `J${i}` }));
    const heights = [...lines(together).matchAll(/class="mark[^>]*y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(4);
    for (let i = 1; i < heights.length; i++) expect(heights[i]! - heights[i - 1]!).toBeGreaterThanOrEqual(11.9);
  });

  it('is an empty plot without values', () => {
    expect(openTags(lines([]))).toEqual([]);
    expect(lines([{ x: [0, 1], y: [Number.NaN, Number.NaN] }])).not.toContain('NaN');
  });
});

describe('columns', () => {
  const plot = histogramPlot({
    name: 'Test',
    xTitle: 'x',
    yTitle: 'Samples',
    edges: [0, 1, 2],
    layers: [
      { name: 'in the cut', tone: 0, counts: [10, 0] },
      { name: 'in air', tone: 8, counts: [10, 5] },
    ],
    marks: [{ value: 1.5, name: 'median' }],
  });

  it('stand on each other to scale', () => {
    const columns = [...plot.matchAll(/class="column tone(\d)"[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"/g)];
    expect(columns.map(([, tone, y, height]) => [tone, Number(y), Number(height)])).toEqual([
      ['0', 123, 97],
      ['8', 26, 97],
      ['8', 171.5, 48.5],
    ]);
  });
});

describe('a heat map', () => {
  it('tells every figure, and what is unknown', () => {
    const plot = heatMap({
      name: 'Test',
      labels: ['a', 'b'],
      values: [
        [1, -0.5],
        [-0.5, Number.NaN],
      ],
    });
    expect([...plot.matchAll(/class="figure[^>]*>([^<]+)</g)].map(([, figure]) => figure)).toEqual([
      '1.00',
      '−0.50',
      '−0.50',
    ]);
    expect(plot).toContain('b, b: unknown');
  });
});

describe('every plot', () => {
  const bars = barPlot({
    name: '<Bars> & "more"',
    title: 'kWh',
    bars: [{ label: 'A<b>', value: Number.NaN, written: '–' }],
  });

  it.each([
    ['line', lines([{ x: [0, 1], y: [1, 2] }], { limits: [{ value: 1.5, name: 'limit' }], style: 'dots' })],
    ['bars', bars],
    ['standalone', standalone(bars)],
  ])('is well formed (%s) and has no number that is none', (_, plot) => {
    expect(openTags(plot)).toEqual([]);
    expect(plot).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('escapes what it is told', () => {
    expect(bars).toContain('aria-label="&lt;Bars&gt; &amp; &quot;more&quot;"');
    expect(element('a', { b: '"', c: undefined }, escapeText("<'>"))).toBe('<a b="&quot;">&lt;&#39;&gt;</a>');
  });

  it('brings its colours along as a file', () => {
    expect(standalone(bars)).toMatch(/^<svg[^>]*><style>.*prefers-color-scheme:dark/s);
    expect(standalone(bars, 'by A & B')).toContain('<desc>by A &amp; B</desc>');
  });
});
