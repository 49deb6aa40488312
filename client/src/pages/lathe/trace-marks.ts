import type uPlot from 'uplot';
import { token } from './token';

/** Something that lasted for a while: a job, or an alert while its condition held. Times in s since the epoch. */
export interface TraceMark {
  fromS: number;
  toS: number;
  words: string;
  /** of an alert, 1 highest … 4; absent for a job */
  priority?: number;
}

const HUES = ['--critical', '--critical', '--poor', '--watch', '--text-dim'];
const LANE = 6;

/** Room that the bars take between a chart and the labels of its time axis, px. */
export const MARKS_PX = 2 * LANE + 4;

/** Two bars below a chart: alerts in the colour of their priority, and jobs under them. */
export function drawMarks(plot: uPlot, marks: readonly TraceMark[]): void {
  const { ctx, bbox } = plot;
  const lane = LANE * devicePixelRatio;
  ctx.save();
  for (const { fromS, toS, priority } of marks) {
    const left = Math.max(bbox.left, plot.valToPos(fromS, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(toS, 'x', true));
    if (right < bbox.left || left > bbox.left + bbox.width) continue;
    const top = bbox.top + bbox.height + 2 * devicePixelRatio + (priority === undefined ? lane : 0);
    ctx.fillStyle = token(priority === undefined ? '--line-strong' : (HUES[priority] ?? '--text-dim'));
    const gap = right - left > 4 * devicePixelRatio ? devicePixelRatio : 0; // two jobs in a row stay two
    ctx.fillRect(left, top, Math.max(2 * devicePixelRatio, right - left - gap), lane - devicePixelRatio);
  }
  ctx.restore();
}

/** What lasted at a moment, in words: the job first. */
export function wordsAt(marks: readonly TraceMark[], timeS: number): string {
  const there = marks.filter(({ fromS, toS }) => fromS <= timeS && timeS < toS);
  const inOrder = there.sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  return inOrder.map(({ words }) => words).join(' · ');
}
