import { setPriority } from 'node:os';
import { DomainError } from '#domain/contract/errors.js';
import { runTraining, type TrainingNews, type TrainingTask } from './training-run.js';

/** Lathes come first: threads that are opened from here on yield to them. */
const YIELDING = 10;

const tell = (news: TrainingNews) => process.send?.(news);

/** Entry of the process that does one training and ends; it does not outlive the one that has started it. */
process.once('message', (task: TrainingTask) => {
  setPriority(YIELDING);
  void runTraining(task, tell).then(
    (content) => process.send?.({ kind: 'trained', content } satisfies TrainingNews, () => process.disconnect()),
    (error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      process.send?.({ kind: 'refused', problem: error.message } satisfies TrainingNews, () => process.disconnect());
    },
  );
});
process.once('disconnect', () => process.exit());
