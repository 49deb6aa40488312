import { describe, expect, it } from '@jest/globals';
import { DEFAULT_THRESHOLDS } from '#domain/alarms/default-thresholds.js';
import { draftsOf, type LimitDraft, limitWords, newDraft, thresholdsOf } from './limits-draft';

const drafts = draftsOf(DEFAULT_THRESHOLDS);
const only = (type: LimitDraft['type'], more: Partial<LimitDraft> = {}): LimitDraft[] =>
  drafts.filter((draft) => draft.type === type).map((draft, i) => (i === 0 ? { ...draft, ...more } : draft));

describe('limits as they stand in their fields', () => {
  it('are read back as they were', () => {
    expect(thresholdsOf(drafts)).toEqual({ thresholds: DEFAULT_THRESHOLDS, faults: {} });
  });

  it('are in the unit of people, and read with a comma too', () => {
    const [hot] = only('HIGH_TEMPERATURE', { high: '97,5' });
    expect(hot && limitWords(hot)).toBe('above 97,5 °C');
    expect(thresholdsOf(only('HIGH_TEMPERATURE', { high: '97,5' })).thresholds?.[0]?.high).toBe(370.65);
  });

  it('say in words what they limit', () => {
    expect(only('HIGH_VIBRATION').map(limitWords)).toEqual([
      'above 7.1 mm/s',
      'above 9 mm/s',
      'above 11.2 mm/s, stops the lathe',
    ]);
  });

  it.each<[string, Partial<LimitDraft>, RegExp]>([
    ['high', { high: 'ten' }, /is no number/],
    ['high', { high: '' }, /above or below what/],
    ['onDelayS', { onDelayS: '4000' }, /0 to 3600 s/],
    ['deadband', { deadband: '-1' }, /expected 0 to/],
    ['rate', { rate: '0' }, /above 0/],
    ['low', { low: '94' }, /Too close/],
    ['stop', { stop: true }, /Only priority 1/],
  ])('name the fault at %s of %j', (field, change, words) => {
    const [first] = only('HIGH_TEMPERATURE');
    const { thresholds, faults } = thresholdsOf(only('HIGH_TEMPERATURE', change));
    expect(thresholds).toBeUndefined();
    expect(faults[`${first?.key}.${field}`]).toMatch(words);
  });

  it('refuse a priority that is taken', () => {
    const { faults } = thresholdsOf(only('HIGH_TEMPERATURE', { priority: 2 }));
    expect(Object.values(faults)).toEqual(['Another limit of this alarm has the same priority.']);
  });

  it('a new one takes a key and a priority that are free', () => {
    const fresh = newDraft(drafts, 'HIGH_TEMPERATURE', 'processTemperature');
    expect(fresh.priority).toBe(4);
    expect(drafts.map(({ key }) => key)).not.toContain(fresh.key);
    expect(thresholdsOf([...drafts, { ...fresh, high: '80' }]).thresholds).toHaveLength(drafts.length + 1);
  });
});
