import { createHash } from 'node:crypto';
import { readDataset } from '#domain/prediction/dataset.js';
import { HISTORY_HEADER, historyCells, runsToFailure } from '#domain/prediction/run-to-failure.js';
import { layoutOf } from '#domain/prediction/table-layout.js';
import type { ModelContent } from '../training/model-folder.js';
import { NetThreads } from '../training/net-threads.js';
import { trainModel } from '../training/train-model.js';

/** What a training is given: plain data. */
export interface TrainingTask {
  /** records of the plant in the columns of HISTORY_HEADER */
  records: string[][];
  /** tools to run to their end beside them */
  tools: number;
  seed: number;
}

export type TrainingNews =
  | { kind: 'progress'; stage: string; done: number }
  | { kind: 'rows'; rows: number; failures: number }
  | { kind: 'trained'; content: ModelContent }
  | { kind: 'refused'; problem: string };

/** Share of the whole that machining takes. */
const MACHINING = 0.15;

/** Makes the rows, trains and evaluates. @throws TrainingDataError where the rows do not suffice */
export async function runTraining(task: TrainingTask, tell: (news: TrainingNews) => void): Promise<ModelContent> {
  const { seed, tools } = task;
  const records = [...task.records];
  let done = 0;
  for (const run of runsToFailure(tools, seed)) {
    for (const cells of historyCells(run)) records.push(cells);
    if (run.run / tools - done < 0.02) continue;
    done = run.run / tools;
    tell({ kind: 'progress', stage: 'Machining tools to their end', done: MACHINING * done });
  }
  const table = { header: HISTORY_HEADER, records };
  const dataset = readDataset(table, layoutOf(table));
  const failures = new Set(dataset.groups?.filter((_, row) => dataset.target[row] === 1)).size;
  tell({ kind: 'rows', rows: records.length, failures });
  const dataSha256 = createHash('sha256')
    .update(records.map((cells) => cells.join()).join('\n'))
    .digest('hex');
  const begun = tools > 0 ? MACHINING : 0;
  const threads = new NetThreads();
  try {
    return await trainModel({ dataset, dataSha256, seed }, threads, (share) =>
      tell({ kind: 'progress', stage: 'Training', done: begun + (1 - begun) * share }),
    );
  } finally {
    await threads.close();
  }
}
