import { Injectable } from '@nestjs/common';
import type { RunPrediction } from '#domain/prediction/live-run.js';
import { ActiveModel } from './active-model.js';

/** A run in the middle of a tick: its readings are there, its alarms are not judged yet. */
export interface JudgedRun {
  readonly prediction: RunPrediction;
}

/** Judges one tick of many lathes at once by the active model. Which model that is never changes within a call. */
@Injectable()
export class TickInference {
  private rows = new Float64Array(0);
  private probabilities = new Float64Array(0);
  private ready: RunPrediction[] = [];

  constructor(private readonly active: ActiveModel) {}

  /** @param runs - those that have just made a tick */
  judge(runs: readonly JudgedRun[]): void {
    const model = this.active.current;
    if (!model) {
      for (let i = 0; i < runs.length; i++) runs[i]!.prediction.leave();
      return;
    }
    const { width } = model;
    this.makeRoom(runs.length, width);
    const { rows, probabilities, ready } = this;
    let count = 0;
    for (let i = 0; i < runs.length; i++) {
      const { prediction } = runs[i]!;
      if (!prediction.isReady) {
        prediction.leave();
        continue;
      }
      rows.set(prediction.signals.row, count * width);
      ready[count++] = prediction;
    }
    if (count === 0) return;
    model.probabilities(rows, count, probabilities);
    for (let i = 0; i < count; i++) {
      ready[i]!.take(model, probabilities[i]!, model.isKnown(rows, i * width));
    }
  }

  private makeRoom(count: number, width: number): void {
    if (this.rows.length < count * width) this.rows = new Float64Array(2 * count * width);
    if (this.probabilities.length < count) this.probabilities = new Float64Array(2 * count);
  }
}
