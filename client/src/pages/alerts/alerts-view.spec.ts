import { describe, expect, it } from '@jest/globals';
import { alertOf } from '../../live/testing/alert-of';
import { fits, viewOf, withView } from './alerts-view';

describe('the view of the console', () => {
  it('is read from the address and written back', () => {
    const search = new URLSearchParams('view=shelved&latheId=lathe-3&alert=x');
    const view = viewOf(search);
    expect(view).toEqual({ which: 'shelved', latheId: 'lathe-3', priority: '', type: '', state: '' });
    expect(withView(search, view).toString()).toBe('view=shelved&latheId=lathe-3&alert=x');
    expect(withView(search, { ...view, which: 'active', latheId: '' }).toString()).toBe('alert=x');
  });

  it('drops what it does not know', () => {
    expect(viewOf(new URLSearchParams('view=nonsense&state=shelved'))).toMatchObject({ which: 'active', state: '' });
  });

  it.each([
    ['active', 'unacknowledged', true],
    ['active', 'latchedAcknowledged', true],
    ['active', 'shelved', false],
    ['shelved', 'shelved', true],
    ['suppressed', 'outOfService', false],
    ['outOfService', 'outOfService', true],
  ] as const)('%s shows an alert that is %s: %s', (which, state, shown) => {
    expect(fits(alertOf('a', { state }), { ...viewOf(new URLSearchParams()), which })).toBe(shown);
  });
});
