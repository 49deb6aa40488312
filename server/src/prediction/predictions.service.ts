import { Injectable } from '@nestjs/common';
import type { PredictionDto, TrendPoint } from '#domain/contract/prediction.js';
import type { LiveModel } from '#domain/prediction/live-model.js';
import { predictionReport } from '#domain/prediction/live-report.js';
import { boundsAt } from '#domain/prediction/venn-abers.js';
import { LathesService } from '../lathes/lathes.service.js';
import { CheckpointStore } from '../simulation/checkpoint-store.js';
import { MachineStateService } from '../simulation/machine-state.service.js';
import { TelemetryReader } from '../telemetry/telemetry-reader.js';
import { ActiveModel } from './active-model.js';

const TREND_MS = 15 * 60_000;
const TREND_POINTS = 60;

/** Predictions with their reasons, from the state in which a lathe was last stored, which is about a second ago. */
@Injectable()
export class PredictionsService {
  constructor(
    private readonly lathes: LathesService,
    private readonly checkpoints: CheckpointStore,
    private readonly machines: MachineStateService,
    private readonly telemetry: TelemetryReader,
    private readonly active: ActiveModel,
  ) {}

  /** @throws NotFoundError `lathe_not_found` */
  async of(latheIdText: string): Promise<PredictionDto> {
    const { id: latheId } = await this.lathes.get(latheIdText);
    const checkpoint = await this.checkpoints.read(latheId);
    const machine = await this.machines.machineOf(latheId, checkpoint);
    const atMs = checkpoint?.atMs ?? Date.now();
    const model = this.active.current;
    const trend = await this.trend(latheId, atMs, model);
    return {
      latheId,
      ...(checkpoint?.jobId ? { jobId: checkpoint.jobId } : {}),
      at: new Date(atMs).toISOString(),
      ...predictionReport(machine, checkpoint?.prediction ?? null, model),
      trend,
    };
  }

  private async trend(latheId: string, toMs: number, model: LiveModel | null): Promise<TrendPoint[]> {
    const channels = ['failureProbability'] as const;
    const { t, channels: series } = await this.telemetry.series({
      latheId,
      fromMs: toMs - TREND_MS,
      toMs: toMs + 1,
      points: TREND_POINTS,
      channels,
    });
    const means = series['failureProbability']?.mean ?? [];
    return t.flatMap((atMs, i) => {
      const failureProbability = means[i];
      if (failureProbability === null || failureProbability === undefined) return [];
      const bounds = model?.model.classification?.bounds;
      const [low, high] = bounds ? boundsAt(bounds, failureProbability) : [failureProbability, failureProbability];
      return [{ at: new Date(atMs).toISOString(), failureProbability, low, high }];
    });
  }
}
