import { Injectable } from '@nestjs/common';
import type { MaintenanceWindowDto } from '#domain/contract/lathe.js';
import { type MaintenanceWindow, MaintenanceWindowsRepository } from './maintenance-windows.repository.js';

/** When lathes are not to be had for work; for those who start jobs and those who show lathes. */
@Injectable()
export class MaintenanceCalendar {
  constructor(private readonly windows: MaintenanceWindowsRepository) {}

  /** The window that keeps the lathe from starting a job at `at`: an active one, or one that is due and waits for the running job. */
  async blocking(latheId: string, at: Date): Promise<MaintenanceWindow | null> {
    const open = await this.windows.listOpen([latheId]);
    return open.find((window) => window.state === 'active' || window.start <= at) ?? null;
  }

  /** Planned and active windows of each lathe that has some, by start. */
  async openByLathe(latheIds?: readonly string[]): Promise<Map<string, MaintenanceWindow[]>> {
    const byLathe = new Map<string, MaintenanceWindow[]>();
    for (const window of await this.windows.listOpen(latheIds)) {
      byLathe.set(window.latheId, [...(byLathe.get(window.latheId) ?? []), window]);
    }
    return byLathe;
  }
}

export function toWindowDto(window: MaintenanceWindow): MaintenanceWindowDto {
  return {
    id: window.id,
    start: window.start.toISOString(),
    end: window.end.toISOString(),
    reason: window.reason,
    ...(window.replaceTool === undefined ? {} : { replaceTool: window.replaceTool }),
    active: window.state === 'active',
  };
}
