import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ANNUNCIATED_STATES } from '#domain/alarms/alarm-state.js';
import type { AlertDto, AlertsQuerySchema, AlertTransitionDto } from '#domain/contract/alert.js';
import type { Page } from '#domain/contract/page.js';
import { NotFoundError, ValidationError } from '../common/errors.js';
import { type AlarmCursor, AlarmsRepository } from './alarms.repository.js';
import { toAlertDto, toTransitionDto } from './stored-alarm.js';

const CursorText = z.tuple([z.number().int().min(-8.64e15).max(8.64e15), z.string().min(1)]);

/** What people ask of alerts. */
@Injectable()
export class AlertsQuery {
  constructor(private readonly alarms: AlarmsRepository) {}

  /** A page of alerts, newest first. */
  async list(query: z.output<typeof AlertsQuerySchema>): Promise<Page<AlertDto>> {
    const { limit, cursor, from, to, ...filter } = query;
    const window = { ...(from ? { from: new Date(from) } : {}), ...(to ? { to: new Date(to) } : {}) };
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const found = await this.alarms.list({ ...filter, ...window }, after, limit + 1);
    const nowMs = Date.now();
    const items = found.slice(0, limit).map((stored) => withTimeLeft(toAlertDto(stored), nowMs));
    const last = items.at(-1);
    return found.length > limit && last ? { items, nextCursor: encodeCursor(last) } : { items };
  }

  /** @throws NotFoundError `alert_not_found` */
  async get(id: string): Promise<AlertDto> {
    const stored = await this.alarms.get(id);
    if (!stored || stored.alarm.n === 0) throw new NotFoundError('alert', id);
    return withTimeLeft(toAlertDto(stored), Date.now());
  }

  /** The history of an alert, oldest first. @throws NotFoundError `alert_not_found` */
  async transitions(id: string): Promise<AlertTransitionDto[]> {
    await this.get(id);
    return (await this.alarms.listTransitions(id)).map(toTransitionDto);
  }

  /** Number of alarms that are shown to people now, for each lathe that has any. */
  countActive(latheIds?: readonly string[]): Promise<Map<string, number>> {
    return this.alarms.countByLathe(ANNUNCIATED_STATES, latheIds);
  }
}

function withTimeLeft(alert: AlertDto, nowMs: number): AlertDto {
  const end = alert.shelvedUntil ?? alert.suppressedUntil;
  return end === undefined ? alert : { ...alert, timeLeftS: Math.max(0, (Date.parse(end) - nowMs) / 1000) };
}

function encodeCursor({ timestamp, id }: AlertDto): string {
  return Buffer.from(JSON.stringify([Date.parse(timestamp), id])).toString('base64url');
}

function decodeCursor(text: string): AlarmCursor {
  try {
    const [ms, id] = CursorText.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { timestamp: new Date(ms), id };
  } catch {
    throw new ValidationError([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  }
}
