import uPlot from 'uplot';
import type { SpeedSweep, SweepPoint } from '#domain/contract/what-if.js';
import { token } from '../trace-plot';

/** Distance in px within which a click means the mark. */
const REACH_PX = 18;
/** The cost axis ends at so many times the least cost: at the ends of the sweep it would flatten all else. */
const COST_IN_VIEW = 2.5;

export interface SweepMarks {
  sweep: SpeedSweep;
  planned: number | undefined;
  proposed: number | undefined;
}

export interface SweepPlotOptions {
  marks: () => SweepMarks;
  onCursor: (point: SweepPoint | null) => void;
  /** somebody has pressed on an optimum */
  onTake: (cuttingSpeed: number) => void;
}

/** Chart of cost per part and parts per hour over cutting speed, what no limit allows shaded, both optima marked. */
export function createSweepPlot(host: HTMLElement, options: SweepPlotOptions): uPlot {
  const font = `16px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { font, stroke: () => token('--text-dim'), ticks: { show: false } };
  const grid = { stroke: () => token('--line'), width: 1 };
  const points = { show: false };
  const plot = new uPlot(
    {
      width: host.clientWidth || 300,
      height: host.clientHeight || 240,
      padding: [26, 8, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: (_plot, from, to) => [from, to] },
        cost: { range: () => [0, costInView(options.marks().sweep)] },
        rate: { range: (_plot, _low, high) => [0, (high ?? 1) * 1.12] },
      },
      axes: [
        { ...axis, grid, size: 28, space: 60 },
        { ...axis, grid, scale: 'cost', size: 62, space: 34 },
        { ...axis, grid: { show: false }, scale: 'rate', side: 1, size: 52, space: 34 },
      ],
      series: [
        {},
        { scale: 'cost', stroke: () => token('--trace'), width: 2, points },
        { scale: 'rate', stroke: () => token('--text-dim'), width: 1.5, dash: [6, 4], points },
      ],
      hooks: {
        drawClear: [(drawn) => shadeInfeasible(drawn, options.marks().sweep)],
        draw: [(drawn) => drawMarks(drawn, options.marks())],
        setCursor: [
          (drawn) => {
            const at = drawn.cursor.idx;
            options.onCursor(at == null ? null : (options.marks().sweep.points[at] ?? null));
            drawn.over.style.cursor = hit(drawn, options.marks().sweep, drawn.cursor.left ?? -1) ? 'pointer' : '';
          },
        ],
      },
    },
    [[], [], []],
    host,
  );
  plot.over.addEventListener('click', ({ offsetX }) => {
    const speed = hit(plot, options.marks().sweep, offsetX);
    if (speed !== undefined) options.onTake(speed);
  });
  return plot;
}

/** Hands the plot another sweep. */
export function setSweep(plot: uPlot, { points }: SpeedSweep): void {
  const top = costInView({ points, minimumCost: null, maximumProduction: null }) * 2;
  plot.setData([
    points.map((point) => point.cuttingSpeed),
    points.map((point) => Math.min(top, point.costPerPart)),
    points.map((point) => point.partsPerHour),
  ]);
}

function costInView({ points }: SpeedSweep): number {
  return COST_IN_VIEW * Math.min(...points.map((point) => point.costPerPart));
}

/** Speed of the optimum at a place of the plot. */
function hit(plot: uPlot, { minimumCost, maximumProduction }: SpeedSweep, leftPx: number): number | undefined {
  const speeds = [minimumCost, maximumProduction].flatMap((best) => (best ? [best.cuttingSpeed] : []));
  const distance = (speed: number) => Math.abs(plot.valToPos(speed, 'x') - leftPx);
  const nearest = speeds.sort((a, b) => distance(a) - distance(b))[0];
  return nearest !== undefined && distance(nearest) <= REACH_PX ? nearest : undefined;
}

function shadeInfeasible(plot: uPlot, { points }: SpeedSweep): void {
  const { ctx, bbox } = plot;
  const edge = (at: number, towards: number) => {
    const [a, b] = [points[at], points[towards]];
    return a && plot.valToPos(b ? (a.cuttingSpeed + b.cuttingSpeed) / 2 : a.cuttingSpeed, 'x', true);
  };
  ctx.save();
  ctx.fillStyle = token('--trace-band');
  for (let from = 0; from < points.length; from++) {
    if (points[from]!.limit === null) continue;
    let to = from;
    while (points[to + 1] && points[to + 1]!.limit !== null) to++;
    const left = edge(from, from - 1) ?? bbox.left;
    ctx.fillRect(left, bbox.top, (edge(to, to + 1) ?? left) - left, bbox.height);
    from = to;
  }
  ctx.restore();
}

function drawMarks(plot: uPlot, { sweep, planned, proposed }: SweepMarks): void {
  // each word on the side where the other line is not
  upright(
    plot,
    planned,
    '--text-dim',
    1.5,
    'planned',
    proposed !== undefined && proposed > (planned ?? 0) ? 'left' : 'right',
  );
  if (proposed !== undefined && proposed !== planned) upright(plot, proposed, '--focus', 2.5, 'proposed', 'above');
  const { minimumCost, maximumProduction } = sweep;
  if (minimumCost) ring(plot, minimumCost.cuttingSpeed, minimumCost.costPerPart, 'cost');
  if (maximumProduction) ring(plot, maximumProduction.cuttingSpeed, maximumProduction.partsPerHour, 'rate');
}

function upright(
  plot: uPlot,
  speed: number | undefined,
  hue: string,
  width: number,
  word: string,
  wordAt: 'above' | 'left' | 'right',
): void {
  if (speed === undefined) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(speed, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = token(hue);
  ctx.fillStyle = token(hue);
  ctx.lineWidth = width * ratio;
  ctx.setLineDash([]); // the last curve has left its own
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${16 * ratio}px ${getComputedStyle(document.body).fontFamily}`;
  const wide = ctx.measureText(word).width;
  const y = wordAt === 'above' ? bbox.top - 6 * ratio : bbox.top + bbox.height - 8 * ratio;
  const left = { above: x - wide / 2, left: x - wide - 6 * ratio, right: x + 6 * ratio }[wordAt];
  ctx.fillText(word, Math.max(bbox.left, Math.min(left, bbox.left + bbox.width - wide)), y);
  ctx.restore();
}

function ring(plot: uPlot, speed: number, value: number, scale: string): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = 2.5 * ratio;
  ctx.setLineDash([]);
  ctx.strokeStyle = token('--text');
  ctx.fillStyle = token('--panel');
  ctx.beginPath();
  ctx.arc(plot.valToPos(speed, 'x', true), plot.valToPos(value, scale, true), 7 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.restore();
}
