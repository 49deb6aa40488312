import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LabelledHistoryDto, TrainingDto, TrainModelCommand } from '#domain/contract/prediction-model.js';
import { NotFoundError } from '../common/errors.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { PlantHistory } from './plant-history.js';
import { TooFewFailuresError, TrainingOverError, TrainingRunsError } from './prediction.errors.js';
import type { TrainingDocument } from './training.schema.js';
import { TrainingQueue } from './training-queue.js';
import { TrainingsRepository, toTrainingDto } from './trainings.repository.js';

/** A training that was asked for this long ago and that the queue does not know is lost. */
const LOST_AFTER_MS = 10_000;

/** Trainings as people ask for them and call them off; a worker does them. */
@Injectable()
export class TrainingsService {
  constructor(
    private readonly trainings: TrainingsRepository,
    private readonly queue: TrainingQueue,
    private readonly history: PlantHistory,
    private readonly events: EventBus,
  ) {}

  async list(): Promise<TrainingDto[]> {
    return (await this.trainings.list()).map(toTrainingDto);
  }

  labelled(): Promise<LabelledHistoryDto> {
    return this.history.count();
  }

  /** @throws TooFewFailuresError, TrainingRunsError */
  async start({ name, source, tools, seed }: TrainModelCommand, requestedBy: string): Promise<TrainingDto> {
    await this.endLost();
    if (source === 'plant') {
      const { failures, needed } = await this.history.count();
      if (failures < needed) throw new TooFewFailuresError(failures, needed);
    }
    const training: TrainingDocument = {
      ...{ trainingId: randomUUID(), name, source, tools, seed, requestedBy },
      state: 'queued',
      stage: 'Waiting for a worker',
      progress: 0,
      rows: null,
      failures: null,
      requestedAt: new Date(),
      open: true,
    };
    if (!(await this.trainings.add(training))) {
      throw new TrainingRunsError((await this.trainings.findOpen())?.trainingId ?? 'of somebody else');
    }
    await this.queue.add(training.trainingId);
    return this.announce(training);
  }

  /** @throws NotFoundError `training_not_found`, TrainingOverError */
  async cancel(trainingId: string): Promise<TrainingDto> {
    const known = await this.trainings.find(trainingId);
    if (!known) throw new NotFoundError('training', trainingId);
    const called = await this.trainings.callOff(trainingId);
    if (!called) throw new TrainingOverError(trainingId, known.state);
    if (!(await this.queue.remove(trainingId))) return toTrainingDto(called); // its worker ends it within a second
    const ended = await this.trainings.change(trainingId, {
      ...{ state: 'cancelled', stage: 'Called off', open: false },
      endedAt: new Date(),
    });
    return this.announce(ended ?? called);
  }

  /** A queue that has lost its memory must not keep others from training for ever. */
  private async endLost(): Promise<void> {
    const open = await this.trainings.findOpen();
    if (!open || Date.now() - open.requestedAt.getTime() < LOST_AFTER_MS) return;
    if (await this.queue.knows(open.trainingId)) return;
    const problem = 'The queue has lost it.';
    const change = { state: 'failed' as const, stage: 'Lost', problem, open: false, endedAt: new Date() };
    const ended = await this.trainings.change(open.trainingId, change);
    if (ended) await this.announce(ended);
  }

  private async announce(training: TrainingDocument): Promise<TrainingDto> {
    const dto = toTrainingDto(training);
    await this.events.publish('model', dto);
    return dto;
  }
}
