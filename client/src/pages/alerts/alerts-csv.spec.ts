import { expect, it } from '@jest/globals';
import { alertOf } from '../../live/testing/alert-of';
import { alertsCsv } from './alerts-csv';

it('writes one line for each alert, with what is not known left empty', () => {
  const silenced = { by: 'Yash', at: '2026-11-23T10:01:00.000Z', reason: 'Probe, "left" side' };
  const [head, line, end] = alertsCsv([alertOf('a1', { state: 'shelved', value: 72.5, silenced })]).split('\r\n');
  expect(head?.split(',')).toHaveLength(19);
  expect(line).toBe(
    'a1,lathe-1,,MANUAL,,warning,2,shelved,72.5,,Door ajar,2026-11-23T10:00:00.000Z,,,,Yash,"Probe, ""left"" side",,',
  );
  expect(end).toBe('');
});
