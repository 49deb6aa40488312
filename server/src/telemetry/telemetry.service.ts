import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type {
  SensorDataQuerySchema,
  SensorSampleDto,
  TelemetryDto,
  TelemetryQuerySchema,
} from '#domain/contract/telemetry.js';
import { ValidationError } from '../common/errors.js';
import { LathesService } from '../lathes/lathes.service.js';
import { channelsOf } from './channel-list.js';
import { TelemetryReader } from './telemetry-reader.js';

/** What a chart shows when no span is asked for. */
const DEFAULT_SPAN_MS = 3_600_000;

@Injectable()
export class TelemetryService {
  constructor(
    private readonly reader: TelemetryReader,
    private readonly lathes: LathesService,
  ) {}

  /** @throws NotFoundError `lathe_not_found`; ValidationError for a span that ends before it begins */
  async sensorData(idText: string, query: z.output<typeof SensorDataQuerySchema>): Promise<SensorSampleDto[]> {
    const { id } = await this.lathes.get(idText);
    const toMs = query.to ? Date.parse(query.to) : Date.now();
    const fromMs = query.from ? Date.parse(query.from) : 0;
    assertSpan(fromMs, toMs);
    return this.reader.newestSamples(id, fromMs, toMs, query.limit, query.truth === '1');
  }

  /** @throws NotFoundError `lathe_not_found`; ValidationError for an unknown channel or a span that ends before it begins */
  async series(idText: string, query: z.output<typeof TelemetryQuerySchema>): Promise<TelemetryDto> {
    const { id: latheId } = await this.lathes.get(idText);
    const channels = channelsOf(query.channels);
    const toMs = query.to ? Date.parse(query.to) : Date.now();
    const fromMs = query.from ? Date.parse(query.from) : toMs - DEFAULT_SPAN_MS;
    assertSpan(fromMs, toMs);
    const truth = query.truth === '1';
    const series = await this.reader.series({ latheId, fromMs, toMs, points: query.points, channels, truth });
    return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), ...series };
  }
}

function assertSpan(fromMs: number, toMs: number): void {
  if (fromMs > toMs) throw new ValidationError([{ path: 'from', message: 'lies behind "to"' }]);
}
