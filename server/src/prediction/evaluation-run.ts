import { createHash } from 'node:crypto';
import { type EvaluationSet, evaluate, evaluationSet } from '#domain/prediction/live-evaluation.js';
import { LiveModel } from '#domain/prediction/live-model.js';
import { type Answer, type Asked, answerTo } from '../common/computing-answer.js';
import type { ModelDocument } from './model.schema.js';
import { readEntry } from './registered-model.js';

export type EvaluationQuestion = Pick<ModelDocument, 'name' | 'version' | 'files'>;

/** Figures of a model on the fixed set, and which set that was. */
export interface Evaluation {
  rows: number;
  failures: number;
  /** SHA-256 of the set's rows, hex */
  setSha256: string;
  figures: Record<string, number>;
}

let known: { set: EvaluationSet; setSha256: string } | null = null;

/** Evaluates one model; the set is made once for a thread. */
export function answerEvaluation(asked: Asked<EvaluationQuestion>): Answer<Evaluation> {
  return answerTo(asked, (question) => {
    const { model, weights } = readEntry(question);
    known ??= makeSet();
    const { set, setSha256 } = known;
    const { target, inputs } = set.dataset;
    return {
      rows: inputs.rows,
      failures: target.reduce((sum, label) => sum + label, 0),
      setSha256,
      figures: evaluate(new LiveModel(question.name, question.version, model, weights), set),
    };
  });
}

function makeSet(): NonNullable<typeof known> {
  const set = evaluationSet();
  const text = set.table.records.map((cells) => cells.join()).join('\n');
  return { set, setSha256: createHash('sha256').update(text).digest('hex') };
}
