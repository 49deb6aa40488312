import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

export interface StoreReport {
  connected: boolean;
  /** `mongodb`, or `embedded` for the store that comes with the product; null while it does not answer */
  engine: 'mongodb' | 'embedded' | null;
  version: string | null;
  databases: string[];
  latencyMs: number | null;
}

const SILENT: StoreReport = { connected: false, engine: null, version: null, databases: [], latencyMs: null };
const PATIENCE_MS = 3000;

/** Asks the document store how it is. */
@Injectable()
export class StoreProbe {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async report(): Promise<StoreReport> {
    const admin = this.connection.db?.admin();
    if (!admin) return SILENT;
    try {
      const startedMs = performance.now();
      await admin.command({ ping: 1 }, { timeoutMS: PATIENCE_MS });
      const latencyMs = Math.round((performance.now() - startedMs) * 1000) / 1000;
      const about = await admin.command({ buildInfo: 1 }, { timeoutMS: PATIENCE_MS });
      const { databases } = await admin.listDatabases({ nameOnly: true });
      return {
        connected: true,
        engine: about['gitVersion'] === 'embedded-store' ? 'embedded' : 'mongodb',
        version: String(about['version']),
        databases: databases.map(({ name }) => name),
        latencyMs,
      };
    } catch {
      return SILENT;
    }
  }
}
