import { describe, expect, it } from '@jest/globals';
import type { JobDto } from '#domain/contract/job.js';
import { newFleet } from './fleet-seed.js';
import { type LatheParts, latheStatus, signatureOf, toLatheDto } from './lathe-view.js';

const now = Date.parse('2030-01-01T12:00:00Z');
const [lathe] = newFleet(1, new Date(now));
const parts = (more: Partial<LatheParts> = {}): LatheParts => ({
  lathe: lathe!,
  windows: [],
  activeAlerts: 0,
  ...more,
});
const job = (Status: JobDto['Status'], secondsAgo: number) =>
  ({ JobID: 'JOB_20300101_001', Status, StartTime: new Date(now - secondsAgo * 1000).toISOString() }) as JobDto;
const live = (secondsAgo: number, jobId: string | null = 'JOB_20300101_001') => ({
  health: 0.9,
  failureProbability: 0.01,
  atMs: now - secondsAgo * 1000,
  jobId,
});
const window = {
  id: 'w',
  latheId: 'lathe-1',
  state: 'active' as const,
  start: new Date(now),
  end: new Date(now + 1000),
  minutes: 1,
  reason: 'r',
  toolReplaced: true,
  plannedBy: 'x',
};

describe('status of a lathe', () => {
  it('is the first that holds: offline, maintenance, alarm, running, idle', () => {
    const locked = { ...lathe!, locked: true };
    const running = job('In Progress', 60);
    const silent = { job: running, live: live(11), windows: [window], lathe: locked };
    expect(latheStatus(parts(silent), now)).toBe('offline');
    expect(latheStatus(parts({ ...silent, live: live(1) }), now)).toBe('maintenance');
    expect(latheStatus(parts({ job: running, live: live(1), lathe: locked }), now)).toBe('alarm');
    expect(latheStatus(parts({ job: running, live: live(1) }), now)).toBe('running');
    expect(latheStatus(parts(), now)).toBe('idle');
  });

  it('is offline once a job that has the lathe gives no tick for ten seconds', () => {
    expect(latheStatus(parts({ job: job('Queued', 9) }), now)).toBe('idle');
    expect(latheStatus(parts({ job: job('Queued', 11) }), now)).toBe('offline');
    expect(latheStatus(parts({ job: job('In Progress', 5), live: live(3600, 'JOB_20291231_001') }), now)).toBe(
      'running',
    );
    expect(latheStatus(parts({ live: live(3600, null) }), now)).toBe('idle');
  });
});

describe('view of a lathe', () => {
  it('is unknown in health until it has run', () => {
    expect(toLatheDto(parts(), now)).toMatchObject({ health: null, healthBand: 'unknown', failureProbability: null });
    expect(toLatheDto(parts({ live: live(1) }), now)).toMatchObject({ health: 0.9, healthBand: 'good' });
  });

  it('is news when its band changes, not when its health does', () => {
    const at = (health: number) => signatureOf(toLatheDto(parts({ live: { ...live(1), health } }), now));
    expect(at(0.9)).toBe(at(0.71));
    expect(at(0.9)).not.toBe(at(0.69));
  });
});
