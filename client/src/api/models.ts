import { z } from 'zod';
import {
  ComparisonSchema,
  DriftSchema,
  LabelledHistorySchema,
  RegisteredModelSchema,
  ScoreBoardSchema,
  TrainingSchema,
  type TrainModelDto,
} from '#domain/contract/prediction-model.js';
import { getJson, sendJson, withQuery } from './http';

/** The server runs forty tools to their end before it can compare: a quarter of a minute, longer where it is busy. */
const COMPARISON_TIMEOUT_MS = 120_000;

export interface ModelName {
  name: string;
  version: string;
}

/** The first word of those that `model` events make stale is `models`; figures that take long to compute are apart. */
export const modelKeys = {
  list: ['models', 'list'] as const,
  trainings: ['models', 'trainings'] as const,
  history: ['model-figures', 'history'] as const,
  comparison: (a: string, b: string) => ['model-figures', 'comparison', a, b] as const,
  drift: ({ name, version }: ModelName) => ['model-figures', 'drift', name, version] as const,
  scoreBoard: ['model-figures', 'scores'] as const,
};

const path = ({ name, version }: ModelName) => `/api/models/${encodeURIComponent(name)}/${encodeURIComponent(version)}`;

export const reportPath = (model: ModelName) => `${path(model)}/report`;
export const fetchModels = () => getJson('/api/models', z.array(RegisteredModelSchema));
export const fetchTrainings = () => getJson('/api/models/trainings', z.array(TrainingSchema));
export const fetchHistory = () => getJson('/api/models/history', LabelledHistorySchema);
export const fetchScoreBoard = () => getJson('/api/models/score-board', ScoreBoardSchema);
export const fetchDrift = (model: ModelName) => getJson(`${path(model)}/drift`, DriftSchema);
export const fetchComparison = (a: string, b: string) =>
  getJson(withQuery('/api/models/compare', { a, b }), ComparisonSchema, COMPARISON_TIMEOUT_MS);

export const activateModel = (model: ModelName) =>
  sendJson('POST', `${path(model)}/activate`, {}, RegisteredModelSchema);
export const rollBackModel = () => sendJson('POST', '/api/models/rollback', {}, RegisteredModelSchema);
/** @param model - null: none */
export const challengeWith = (model: ModelName | null) =>
  model
    ? sendJson('POST', `${path(model)}/challenge`, {}, z.array(RegisteredModelSchema))
    : sendJson('DELETE', '/api/models/challenger', undefined, z.array(RegisteredModelSchema));
export const startTraining = (training: TrainModelDto) =>
  sendJson('POST', '/api/models/train', training, TrainingSchema);
export const cancelTraining = (trainingId: string) =>
  sendJson('POST', `/api/models/trainings/${trainingId}/cancel`, {}, TrainingSchema);
