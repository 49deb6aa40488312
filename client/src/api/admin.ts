import { z } from 'zod';
import { type AuditEntryDto, AuditEntrySchema, AuditVerdictSchema } from '#domain/contract/audit.js';
import {
  type ChannelDto,
  ChannelSchema,
  type CreateChannelDto,
  type DeliveryDto,
  DeliverySchema,
  type PatchChannelDto,
} from '#domain/contract/notification.js';
import { type Page, pageOf } from '#domain/contract/page.js';
import { getJson, sendJson, withQuery } from './http';

export interface AuditFilter {
  actor: string;
  act: string;
  from: string;
}

export const adminKeys = {
  audit: (filter: AuditFilter) => ['audit', filter] as const,
  channels: ['notifications', 'channels'] as const,
  deliveries: ['notifications', 'deliveries'] as const,
};

export const fetchAudit = (filter: AuditFilter, cursor?: string): Promise<Page<AuditEntryDto>> =>
  getJson(withQuery('/api/audit', { ...filter, limit: 50, cursor }), pageOf(AuditEntrySchema)) as Promise<
    Page<AuditEntryDto>
  >;

export const verifyAudit = () => getJson('/api/audit/verify', AuditVerdictSchema);

const CHANNELS = '/api/notifications/channels';

export const fetchChannels = (): Promise<ChannelDto[]> => getJson(CHANNELS, z.array(ChannelSchema));

export const addChannel = (channel: CreateChannelDto): Promise<ChannelDto> =>
  sendJson('POST', CHANNELS, channel, ChannelSchema);

export const changeChannel = (id: string, patch: PatchChannelDto): Promise<ChannelDto> =>
  sendJson('PATCH', `${CHANNELS}/${id}`, patch, ChannelSchema);

export const removeChannel = (id: string): Promise<unknown> =>
  sendJson('DELETE', `${CHANNELS}/${id}`, undefined, z.unknown());

export const testChannel = (id: string): Promise<DeliveryDto> =>
  sendJson('POST', `${CHANNELS}/${id}/test`, {}, DeliverySchema);

export const fetchDeliveries = (cursor?: string): Promise<Page<DeliveryDto>> =>
  getJson(withQuery('/api/notifications/deliveries', { limit: 50, cursor }), pageOf(DeliverySchema)) as Promise<
    Page<DeliveryDto>
  >;
