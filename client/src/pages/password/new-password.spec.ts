import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../api/problem';
import { faultsFrom, faultsOf } from './new-password';

const entry = { currentPassword: 'first-password', newPassword: 'a better one', repeated: 'a better one' };

describe('faultsOf', () => {
  it('finds nothing in an entry that can be sent', () => {
    expect(faultsOf(entry)).toEqual({});
  });

  it.each([
    ['currentPassword', { currentPassword: '' }],
    ['newPassword', { newPassword: 'seven77', repeated: 'seven77' }],
    ['newPassword', { newPassword: 'first-password', repeated: 'first-password' }],
    ['repeated', { repeated: 'a better two' }],
  ])('names the field %s', (field, change) => {
    expect(Object.keys(faultsOf({ ...entry, ...change }))).toEqual([field]);
  });
});

describe('faultsFrom', () => {
  const refused = (status: number, code: string, errors?: { path: string; message: string }[]) =>
    new ProblemError({ type: 'about:blank', title: code, status, detail: code, code, ...(errors ? { errors } : {}) });

  it('puts a wrong present password beside its field', () => {
    expect(Object.keys(faultsFrom(refused(401, 'invalid_credentials')))).toEqual(['currentPassword']);
  });

  it('keeps the words of the server for its field', () => {
    const errors = [{ path: 'newPassword', message: 'needs at least 8 characters' }];
    expect(faultsFrom(refused(422, 'validation_failed', errors))).toEqual({
      newPassword: 'needs at least 8 characters',
    });
  });

  it('has no field for other refusals', () => {
    expect(faultsFrom(refused(429, 'too_many_requests'))).toEqual({});
    expect(faultsFrom(new TypeError('network'))).toEqual({});
  });
});
