import { Injectable } from '@nestjs/common';
import type { LatheDto } from '#domain/contract/lathe.js';
import { AlertsQuery } from '../alerts/alerts-query.service.js';
import { JobsQuery } from '../jobs/jobs-query.service.js';
import { MaintenanceCalendar } from '../maintenance/maintenance-calendar.js';
import { KEYS } from '../realtime-bus/keys.js';
import { RedisService } from '../realtime-bus/redis.service.js';
import type { LiveSummary } from '../simulation/checkpoint.js';
import { toLatheDto } from './lathe-view.js';
import type { Lathe } from './lathes.repository.js';
import { LathesService } from './lathes.service.js';

/** Composes what the outside sees of a lathe from its own document, its job, its maintenance, its alerts and its last signs of life. */
@Injectable()
export class LatheViewService {
  constructor(
    private readonly lathes: LathesService,
    private readonly jobs: JobsQuery,
    private readonly calendar: MaintenanceCalendar,
    private readonly alerts: AlertsQuery,
    private readonly redis: RedisService,
  ) {}

  /** Every lathe, in the order of tick frames. */
  async list(): Promise<LatheDto[]> {
    return this.compose(await this.lathes.list());
  }

  /** Those of `latheIds` that exist. */
  async listOf(latheIds: readonly string[]): Promise<LatheDto[]> {
    const lathes = await this.lathes.listOf(latheIds);
    return this.compose(lathes, latheIds);
  }

  /** @throws NotFoundError `lathe_not_found` */
  async get(idText: string): Promise<LatheDto> {
    const lathe = await this.lathes.get(idText);
    const [dto] = await this.compose([lathe], [lathe.id]);
    return dto as LatheDto;
  }

  /** The last signs of life of those lathes that ever ran. */
  async live(latheIds?: readonly string[]): Promise<Map<string, LiveSummary>> {
    const texts = latheIds ? await this.readLive(latheIds) : Object.entries(await this.redis.client.hgetall(KEYS.live));
    return new Map(texts.map(([id, json]) => [id, JSON.parse(json) as LiveSummary]));
  }

  private async readLive(latheIds: readonly string[]): Promise<[id: string, json: string][]> {
    if (latheIds.length === 0) return [];
    const values = await this.redis.client.hmget(KEYS.live, ...latheIds);
    return latheIds.flatMap((id, i): [string, string][] => (values[i] ? [[id, values[i]]] : []));
  }

  private async compose(lathes: readonly Lathe[], latheIds?: readonly string[]): Promise<LatheDto[]> {
    const [jobs, windows, alerts, live] = await Promise.all([
      this.jobs.activeByLathe(latheIds),
      this.calendar.openByLathe(latheIds),
      this.alerts.countActive(latheIds),
      this.live(latheIds),
    ]);
    const now = Date.now();
    return lathes.map((lathe) =>
      toLatheDto(
        {
          lathe,
          job: jobs.get(lathe.id),
          windows: windows.get(lathe.id) ?? [],
          activeAlerts: alerts.get(lathe.id) ?? 0,
          live: live.get(lathe.id),
        },
        now,
      ),
    );
  }
}
