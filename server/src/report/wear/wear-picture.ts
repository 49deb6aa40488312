import { WEAR_LIMIT_MM } from '#domain/machining/tool-life.js';
import type { WearRecord } from '#domain/machining/wear-fit.js';
import type { Size } from '../svg/axes.js';
import { linePlot } from '../svg/line.js';
import { panels } from '../svg/panels.js';
import type { MethodId, WearComparison } from './compare-wear.js';

const PANEL: Size = { width: 380, height: 230 };
const COLUMNS = 3;
const MEASURED = { name: 'Measured', tone: 9 };
/** What is drawn beside the measurement, and how. */
const DRAWN: readonly { id: MethodId; tone: number; dashed?: boolean }[] = [
  { id: 'life', tone: 4 },
  { id: 'hindsight', tone: 4, dashed: true },
  { id: 'straightLine', tone: 1 },
  { id: 'given', tone: 8, dashed: true },
];

/** Measured wear of every tool beside what the methods say of it, on common axes. */
export function wearPicture({ records, methods }: WearComparison): string {
  const longest = Math.max(...records.map(({ minutes }) => minutes.at(-1)!));
  const highest = Math.max(...records.map(({ wearMm }) => Math.max(...wearMm)));
  const chosen = DRAWN.map((look) => ({ ...look, method: methods.find(({ id }) => id === look.id)! }));
  const plots = records.map((record, place) =>
    linePlot({
      name: `Flank wear of tool ${record.tool}`,
      xTitle: 'Minutes in the cut',
      yTitle: `Tool ${record.tool}: VB in mm`,
      xDomain: [0, longest],
      yDomain: [0, highest],
      limits: [{ value: WEAR_LIMIT_MM, name: '' }],
      size: PANEL,
      series: [
        ...chosen.map(({ tone, dashed, method }) => ({
          name: method.name,
          tone,
          dashed: dashed ?? false,
          x: record.minutes,
          y: method.scores[place]!.predictedMm.map((wear) => (wear <= highest ? wear : Number.NaN)),
        })),
        { name: MEASURED.name, tone: MEASURED.tone, x: record.minutes, y: readings(record) },
      ],
    }),
  );
  const keys = [
    MEASURED,
    ...chosen.map(({ tone, dashed, method }) => ({ name: method.name, tone, dashed: dashed ?? false })),
  ];
  return panels('Measured flank wear of every tool beside the wear model', plots, COLUMNS, PANEL, keys);
}

const readings = ({ wearMm }: WearRecord): number[] => [...wearMm];
