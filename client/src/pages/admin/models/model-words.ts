import type { DriftDto, RegisteredModelDto, TrainingDto } from '#domain/contract/prediction-model.js';

export const SOURCE_WORDS: Record<RegisteredModelDto['source'], string> = {
  shipped: 'shipped',
  plant: 'trained here',
  path: 'given at start',
};

export const TRAINING_WORDS: Record<TrainingDto['state'], string> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Called off',
};

export const DRIFT_WORDS: Record<DriftDto['features'][number]['state'], string> = {
  steady: 'as in training',
  watch: 'drifting',
  alarm: 'drifted',
  unknown: 'not known yet',
};

export interface FigureWords {
  name: string;
  label: string;
  unit?: string;
  digits: number;
}

/** Figures of a comparison in the order in which they matter. */
export const COMPARED: readonly FigureWords[] = [
  { name: 'prAuc', label: 'Failures found against warnings (PR-AUC)', digits: 3 },
  { name: 'found', label: 'Failures warned of in time', unit: '%', digits: 0 },
  { name: 'leadMedianMin', label: 'Median warning ahead', unit: 'min', digits: 1 },
  { name: 'falsePer100h', label: 'False warnings per 100 h of cutting', digits: 1 },
  { name: 'precision', label: 'Warnings that were right, by half minute', unit: '%', digits: 0 },
  { name: 'recall', label: 'Half minutes before failures that were called', unit: '%', digits: 0 },
  { name: 'brier', label: 'Mean square of error (Brier)', digits: 4 },
  { name: 'ece', label: 'Error of calibration', digits: 4 },
  { name: 'lifeCoverage', label: 'Lives inside the interval (80 % wanted)', unit: '%', digits: 0 },
];

export function figureWords(value: number | null | undefined, { unit, digits }: FigureWords): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (unit === '%') return `${(100 * value).toFixed(digits)} %`;
  return `${value.toFixed(digits)}${unit ? ` ${unit}` : ''}`;
}

export const nameOf = ({ name, version }: { name: string; version: string }): string => `${name} ${version}`;
export const refOf = ({ name, version }: { name: string; version: string }): string => `${name}:${version}`;
