import { describe, expect, it } from '@jest/globals';
import { type DemoSituation, nextDemoStep } from './demo-decision.js';

const MINUTE = 60_000;
const now = 1_800_000_000_000;
const free: DemoSituation = { nowMs: now, hasMaintenance: false, tool: { isBroken: false, lifeUsed: 0 } };
const ended = (status: 'Completed' | 'Cancelled' | 'Failed', minutesAgo: number, isDemo = true) => ({
  status,
  isDemo,
  endedAtMs: now - minutesAgo * MINUTE,
});

describe('demo', () => {
  it('starts a job on a lathe that has none', () => {
    expect(nextDemoStep(free)).toBe('startJob');
    expect(nextDemoStep({ ...free, job: ended('Completed', 1) })).toBe('startJob');
  });

  it('leaves a working lathe and one in maintenance alone', () => {
    expect(nextDemoStep({ ...free, job: { status: 'In Progress', isDemo: true, endedAtMs: null } })).toBe('leave');
    expect(nextDemoStep({ ...free, hasMaintenance: true })).toBe('leave');
  });

  it('lets a lathe be seen at rest between two jobs', () => {
    expect(nextDemoStep({ ...free, job: ended('Completed', 0.05) })).toBe('leave');
  });

  it('changes a broken and a spent tool first', () => {
    expect(nextDemoStep({ ...free, tool: { isBroken: true, lifeUsed: 0.2 } })).toBe('changeTool');
    expect(nextDemoStep({ ...free, tool: { isBroken: false, lifeUsed: 0.76 } })).toBe('changeTool');
    expect(nextDemoStep({ ...free, tool: { isBroken: false, lifeUsed: 0.7 } })).toBe('startJob');
  });

  it('keeps away for ten minutes from a lathe whose job a visitor has stopped', () => {
    expect(nextDemoStep({ ...free, job: ended('Cancelled', 9) })).toBe('leave');
    expect(nextDemoStep({ ...free, job: ended('Cancelled', 11) })).toBe('startJob');
  });

  it('keeps away for ten minutes after a job or a maintenance of a visitor', () => {
    expect(nextDemoStep({ ...free, job: ended('Completed', 9, false) })).toBe('leave');
    expect(nextDemoStep({ ...free, job: ended('Completed', 11, false) })).toBe('startJob');
    expect(nextDemoStep({ ...free, visitorsMaintenanceEndedAtMs: now - 9 * MINUTE })).toBe('leave');
    expect(nextDemoStep({ ...free, visitorsMaintenanceEndedAtMs: now - 11 * MINUTE })).toBe('startJob');
  });

  it('repairs after an alarm of its own after a minute, after that of a person after ten', () => {
    const locked = (minutes: number, byPerson: boolean) =>
      nextDemoStep({ ...free, lock: { atMs: now - minutes * MINUTE, byPerson } });
    expect(locked(0.5, false)).toBe('leave');
    expect(locked(1.5, false)).toBe('repair');
    expect(locked(9, true)).toBe('leave');
    expect(locked(11, true)).toBe('repair');
  });
});
