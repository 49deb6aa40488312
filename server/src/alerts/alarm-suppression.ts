import { Injectable } from '@nestjs/common';
import type { AlarmEvent } from '#domain/alarms/alarm.js';
import { isAnnunciated } from '#domain/alarms/alarm-state.js';
import { SUPPRESSION_REASONS, type SuppressionCause, suppressionOf } from '#domain/alarms/suppression.js';
import type { Lathe } from '../lathes/lathes.repository.js';
import { LathesService } from '../lathes/lathes.service.js';
import { MaintenanceCalendar } from '../maintenance/maintenance-calendar.js';
import type { MaintenanceWindow } from '../maintenance/maintenance-windows.repository.js';
import { AlarmJournal } from './alarm-journal.js';
import { type AlarmProposal, SYSTEM } from './alarm-proposal.js';
import { AlarmsRepository } from './alarms.repository.js';
import type { StoredAlarm } from './stored-alarm.js';

/** Keeps alarms from people by design while what they follow from lasts, and brings them back afterwards. */
@Injectable()
export class AlarmSuppression {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly journal: AlarmJournal,
    private readonly lathes: LathesService,
    private readonly calendar: MaintenanceCalendar,
  ) {}

  /** The suppression that a rising alarm meets, as an event of its own; null where it stands for itself. */
  async meet({ latheId, type, atMs }: AlarmProposal): Promise<AlarmEvent | null> {
    const [windows, lathes, offline] = await Promise.all([
      this.calendar.openByLathe([latheId]),
      this.lathes.listOf([latheId]),
      this.alarms.glanceOpen({ latheId, types: ['OFFLINE'] }),
    ]);
    const causes = [
      ...(windows.get(latheId) ?? []).flatMap(causeOfWindow),
      ...lathes.flatMap(causeOfLock),
      ...offline.flatMap(causeOfSilence),
    ];
    const cause = suppressionOf({ type, sinceMs: atMs }, causes);
    return cause ? suppressedBy(cause, atMs) : null;
  }

  /** Suppresses what has begun to follow from something and brings back what does so no more. May be repeated. */
  async align(atMs: number): Promise<void> {
    const causes = await this.allCauses();
    for (const stored of await this.alarms.glanceOpen({ state: 'suppressed' })) {
      if (causeOf(stored, causes.get(stored.latheId))) continue;
      await this.journal.record(stored, ({ state }) =>
        state === 'suppressed' ? { type: 'unsuppressed', atMs, actor: SYSTEM } : null,
      );
    }
    for (const [latheId, ofLathe] of causes) {
      for (const stored of await this.alarms.glanceOpen({ latheId })) {
        const cause = causeOf(stored, ofLathe);
        if (!cause || !isTold(stored)) continue;
        await this.journal.record(stored, (alarm) => (isTold({ alarm }) ? suppressedBy(cause, atMs) : null));
      }
    }
  }

  private async allCauses(): Promise<Map<string, SuppressionCause[]>> {
    const [windows, locked, offline] = await Promise.all([
      this.calendar.openByLathe(),
      this.lathes.listLocked(),
      this.alarms.glanceOpen({ types: ['OFFLINE'] }),
    ]);
    const causes = new Map<string, SuppressionCause[]>();
    const add = (latheId: string, cause: SuppressionCause) =>
      causes.set(latheId, [...(causes.get(latheId) ?? []), cause]);
    for (const window of [...windows.values()].flat()) {
      for (const cause of causeOfWindow(window)) add(window.latheId, cause);
    }
    for (const lathe of locked) for (const cause of causeOfLock(lathe)) add(lathe.id, cause);
    for (const stored of offline) for (const cause of causeOfSilence(stored)) add(stored.latheId, cause);
    return causes;
  }
}

/** Shown to people because its condition holds; one that has returned tells of what was and waits for its acknowledgement. */
const isTold = ({ alarm }: Pick<StoredAlarm, 'alarm'>): boolean => alarm.isActive && isAnnunciated(alarm.state);

function causeOf({ id, type, alarm, openedAtMs }: StoredAlarm, causes: readonly SuppressionCause[] = []) {
  return suppressionOf({ id, type, sinceMs: alarm.raisedAtMs ?? openedAtMs }, causes);
}

function causeOfWindow({ state, start, end }: MaintenanceWindow): SuppressionCause[] {
  return state === 'active' ? [{ kind: 'maintenance', sinceMs: start.getTime(), untilMs: end.getTime() }] : [];
}

function causeOfLock({ locked, lockedAt, lockedBy }: Lathe): SuppressionCause[] {
  if (!locked || !lockedAt) return [];
  return [{ kind: 'stopped', sinceMs: lockedAt.getTime(), ...(lockedBy ? { alertId: lockedBy } : {}) }];
}

function causeOfSilence({ id, alarm, openedAtMs }: StoredAlarm): SuppressionCause[] {
  if (!alarm.isActive) return [];
  return [{ kind: 'offline', sinceMs: alarm.raisedAtMs ?? openedAtMs, alertId: id }];
}

function suppressedBy({ kind, untilMs }: SuppressionCause, atMs: number): AlarmEvent {
  const end = untilMs === undefined ? {} : { suppressedUntilMs: untilMs };
  return { type: 'suppressed', atMs, actor: SYSTEM, comment: SUPPRESSION_REASONS[kind], ...end };
}
