import { describe, expect, it } from '@jest/globals';
import { endOf, type QualityView, searchOf, viewOf, windowOf } from './quality-view';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY_MS = 86_400_000;
const view = (more: Partial<QualityView> = {}): QualityView => ({
  span: '30',
  fromDay: '',
  toDay: '',
  operators: 1,
  ...more,
});

describe('the window of the quality page', () => {
  it.each([
    [view()],
    [view({ span: '7', operators: 4 })],
    [view({ span: 'other', fromDay: '2026-11-01', toDay: '2026-11-03' })],
  ])('stands in the address and is read from it again: %j', (known) => {
    expect(viewOf(searchOf(known))).toEqual(known);
  });

  it.each(['span=12', 'span=', 'operators=0', 'operators=x', 'operators=99'])('%s reads as usual', (text) => {
    expect(viewOf(new URLSearchParams(text))).toEqual(view());
  });

  it('ends now, or with the whole of its last day', () => {
    expect(windowOf(view({ span: '7' }), NOW)).toEqual({
      from: '2026-11-17T12:00:00.000Z',
      to: '2026-11-24T12:00:00.000Z',
    });
    const days = windowOf(view({ span: 'other', fromDay: '2026-11-01', toDay: '2026-11-03' }), NOW);
    expect(Date.parse(days?.to ?? '') - Date.parse(days?.from ?? '')).toBe(3 * DAY_MS);
  });

  it.each([
    ['', '2026-11-03'],
    ['2026-11-01', ''],
    ['2026-11-03', '2026-11-01'],
  ])('is none from “%s” to “%s”', (fromDay, toDay) => {
    expect(windowOf(view({ span: 'other', fromDay, toDay }), NOW)).toBeUndefined();
  });

  it('has an end of some days, never in the future and never before its beginning', () => {
    const long = { from: '2026-10-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
    expect(endOf(long, 7, NOW)).toEqual({ from: '2026-11-17T12:00:00.000Z', to: '2026-11-24T12:00:00.000Z' });
    const short = { from: '2026-11-24T00:00:00.000Z', to: '2026-11-24T06:00:00.000Z' };
    expect(endOf(short, 7, NOW)).toEqual(short);
  });
});
