import { z } from 'zod';
import { type CreateMaintenanceDto, type LatheDto, LatheSchema } from '#domain/contract/lathe.js';
import { type TelemetryDto, TelemetrySchema } from '#domain/contract/telemetry.js';
import { getJson, sendJson, withQuery } from './http';

export const fetchLathes = (): Promise<LatheDto[]> => getJson('/api/lathes', z.array(LatheSchema));

export const startMaintenance = (latheId: string, plan: CreateMaintenanceDto): Promise<unknown> =>
  sendJson('POST', `/api/lathes/${latheId}/maintenance`, plan, z.unknown());

export const endMaintenance = (latheId: string, windowId: string): Promise<unknown> =>
  sendJson('DELETE', `/api/lathes/${latheId}/maintenance/${windowId}`, undefined, z.unknown());

export const fetchTelemetry = (
  latheId: string,
  query: { from: string; to: string; points: number; channels: string; truth?: '1' },
): Promise<TelemetryDto> => getJson(withQuery(`/api/telemetry/${latheId}`, query), TelemetrySchema);
