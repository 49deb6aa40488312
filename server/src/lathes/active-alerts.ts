import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import type { AlarmState } from '#domain/contract/enums.js';

/** States in which an alert is neither closed nor put aside. */
const ACTIVE: AlarmState[] = [
  'unacknowledged',
  'acknowledged',
  'returnedUnacknowledged',
  'latchedUnacknowledged',
  'latchedAcknowledged',
];

/** Reads beside the alerts module, which itself stands on the lathes. */
@Injectable()
export class ActiveAlerts {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** Number of alerts that want attention, of each lathe that has some. */
  async count(latheIds?: readonly string[]): Promise<Map<string, number>> {
    const match = { state: { $in: ACTIVE }, ...(latheIds ? { lathe_id: { $in: [...latheIds] } } : {}) };
    const found = await this.connection
      .collection<{ lathe_id: string }>('alerts')
      .find(match, { projection: { _id: 0, lathe_id: 1 } })
      .toArray();
    const counts = new Map<string, number>();
    for (const { lathe_id } of found) counts.set(lathe_id, (counts.get(lathe_id) ?? 0) + 1);
    return counts;
  }
}
