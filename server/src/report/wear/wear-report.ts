import { describeNumbers } from '#domain/statistics/describe.js';
import { page, type Section, wideFigure } from '../html/page.js';
import { inFigures } from '../svg/scales.js';
import type { MethodResult, SplitSpread, WearComparison } from './compare-wear.js';
import type { CutConditions, GivenLaw } from './given-law.js';
import { foldTable, givenTable, growthTable, type MeasuredGrowth, methodTable, toolTable } from './wear-tables.js';

export interface WearReport {
  comparison: WearComparison;
  spread: readonly SplitSpread[];
  /** how many of them */
  splits: number;
  given: readonly { given: GivenLaw; result: MethodResult }[];
  /** material of the constants as given */
  material: string;
  conditions: CutConditions;
  picture: string;
  /** whose data it is and under which licence; empty: not told */
  credit: string;
  /** of the forces that the file tells; empty: none */
  growths: readonly MeasuredGrowth[];
}

/** The comparison as one HTML page. */
export function wearReport(report: WearReport): string {
  const { comparison, material, conditions, credit } = report;
  const { cuttingSpeedMPerMin, feedMm, depthMm, coolant, toolNo } = conditions;
  const lives = describeNumbers(comparison.ownLivesMin);
  const cut = `${cuttingSpeedMPerMin} m/min, ${feedMm} mm/rev, ${depthMm} mm, ${coolant}, tool ${toolNo}`;
  return page({
    title: 'Wear model against measured flank wear',
    lead: `${comparison.records.length} tools. The constants as given are those of ${material} at ${cut}.`,
    sections: [
      {
        id: 'errors',
        title: 'Errors',
        about: `Each method knows the first reading of a tool and its time in the cut, and nothing later. The last row alone was fitted to the tool that it is judged on: it tells what the shape of the curve costs. The last columns are means and standard deviations over ${report.splits} splits.`,
        content: methodTable(comparison.methods, report.spread),
      },
      {
        id: 'curves',
        title: 'Curves',
        about: 'The dotted line is the wear limit of 0.3 mm.',
        content: wideFigure(report.picture, 'Measured wear beside the predictions, tool by tool, on common axes.'),
      },
      { id: 'tools', title: 'Tools', about: 'Errors of each tool.', content: toolTable(comparison) },
      {
        id: 'constants',
        title: 'Constants',
        about: `Fitted to each tool alone, the life is ${inFigures(lives.min)} to ${inFigures(lives.max)} min, in the median ${inFigures(lives.median)} min; the standard deviation of its logarithm is ${inFigures(comparison.lifeScatter, 2)}.`,
        content: foldTable(comparison, conditions) + givenTable(report.given),
      },
      ...(report.growths.length > 0 ? [forceSection(report.growths)] : []),
    ],
    foot: credit ? `Measurements: ${credit}` : 'The origin of the measurements was not told.',
  });
}

const forceSection = (growths: readonly MeasuredGrowth[]): Section => ({
  id: 'forces',
  title: 'Forces',
  about: 'A worn edge needs more force. Each tool has a slope of its own; the simulator has one for all.',
  content: growthTable(growths),
});
