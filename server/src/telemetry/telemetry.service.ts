import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type {
  SensorDataQuerySchema,
  SensorSampleDto,
  TelemetryDto,
  TelemetryQuerySchema,
} from '#domain/contract/telemetry.js';
import { CHANNEL_NAMES, type ChannelName } from '#domain/telemetry/channels.js';
import { ValidationError } from '../common/errors.js';
import { LathesService } from '../lathes/lathes.service.js';
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

function channelsOf(list: string | undefined): readonly ChannelName[] {
  if (list === undefined) return CHANNEL_NAMES;
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  const unknown = names.filter((name) => !CHANNEL_NAMES.includes(name as ChannelName));
  if (unknown.length > 0) {
    throw new ValidationError(
      unknown.map((name) => ({
        path: 'channels',
        message: `unknown channel "${name}", expected one of ${CHANNEL_NAMES.join(', ')}`,
      })),
    );
  }
  return names as ChannelName[];
}
