import type { Dataset } from './dataset.js';
import { asItIs } from './layout.js';

/** Signals that a wear model could be content with, told by how measuring set-ups name their columns. */
const FAMILIES = [
  { label: 'forces alone', pattern: /^F_?[cfpxyz]_/i },
  { label: 'drive signals alone', pattern: /^(TV\d|CV\d|I[uvw]_|V[uvw]_)/ },
];
const FEWEST_COLUMNS = 3;

/** The dataset with the columns of one family only, for each family that is there beside others. */
export function signalFamilies(dataset: Dataset): { label: string; dataset: Dataset }[] {
  const { layout, inputs } = dataset;
  if (layout.name !== 'table' || layout.task !== 'regression') return [];
  return FAMILIES.flatMap(({ label, pattern }) => {
    const kept = layout.inputs.flatMap(({ name }, at) => (pattern.test(name) ? [at] : []));
    if (kept.length < FEWEST_COLUMNS || kept.length === layout.inputs.length) return [];
    const columns = kept.map((at) => layout.inputs[at]!);
    const values = new Float64Array(inputs.rows * kept.length);
    for (let row = 0; row < inputs.rows; row++) {
      for (const [i, at] of kept.entries()) values[row * kept.length + i] = inputs.values[row * inputs.width + at]!;
    }
    const narrower = { ...layout, inputs: columns, quantities: columns.map(asItIs) };
    return [
      { label, dataset: { ...dataset, layout: narrower, inputs: { width: kept.length, rows: inputs.rows, values } } },
    ];
  });
}
