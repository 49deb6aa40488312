import { describe, expect, it } from '@jest/globals';
import type { AlertDto } from '#domain/contract/alert.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { matches, ordered, urgencyOf } from './lathe-order';

const lathe = (n: number, part: Partial<LatheDto> = {}) =>
  ({
    id: `lathe-${n}`,
    name: `Lathe ${n}`,
    model: 'BA-200',
    status: 'running',
    health: 0.9,
    healthBand: 'good',
    ...part,
  }) as LatheDto;
const alert = (latheId: string, priority: number, state = 'unacknowledged') =>
  ({ lathe_id: latheId, priority, state }) as AlertDto;
const ids = (lathes: LatheDto[]) => lathes.map(({ id }) => id.replace('lathe-', ''));

describe('ordered', () => {
  const fleet = [lathe(10), lathe(2), lathe(3, { health: 0.3 }), lathe(4), lathe(5, { status: 'alarm' }), lathe(6)];
  const urgency = urgencyOf([alert('lathe-6', 1), alert('lathe-4', 1, 'acknowledged')]);

  it('puts the locked first, then what waits, then what is acknowledged, then low health, then by number', () => {
    expect(ids(ordered(fleet, 'worst', urgency))).toEqual(['5', '6', '4', '3', '2', '10']);
  });

  it('counts by number, not by letters', () => {
    expect(ids(ordered(fleet, 'number', urgency))).toEqual(['2', '3', '4', '5', '6', '10']);
  });
});

describe('matches', () => {
  it('wants every word, in any part of the card', () => {
    const subject = lathe(7, { status: 'maintenance', healthBand: 'poor' });
    expect(matches(subject, 'lathe-7')).toBe(true);
    expect(matches(subject, 'POOR maint')).toBe(true);
    expect(matches(subject, 'poor running')).toBe(false);
    expect(matches(subject, '  ')).toBe(true);
  });
});
