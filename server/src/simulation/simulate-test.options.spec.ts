import { describe, expect, it } from '@jest/globals';
import { readOptions } from './simulate-test.options.js';

const DEFAULTS = { simulations: 10, minutes: 10, seed: 1 };

describe('the options of a test run', () => {
  it('have defaults', () => expect(readOptions([], DEFAULTS)).toEqual(DEFAULTS));

  it('are read with and without the dashes that npm takes away', () => {
    const wanted = { simulations: 1000, minutes: 0.5, seed: 0 };
    const args = ['--simulations', '1000', '--minutes=0.5', '--seed', '0'];
    expect(readOptions(args, DEFAULTS)).toEqual(wanted);
    expect(readOptions(['--', ...args], DEFAULTS)).toEqual(wanted);
  });

  it.each([
    [['--simulations', '0'], '--simulations must be a whole number from 1 to 1000, not 0'],
    [['--simulations', '1001'], '--simulations must be a whole number from 1 to 1000, not 1001'],
    [['--simulations', '2.5'], '--simulations must be a whole number from 1 to 1000, not 2.5'],
    [['--minutes', '0'], '--minutes must be a number from 0.001 to 1440, not 0'],
    [['--minutes', '-5'], '--minutes must be a number from 0.001 to 1440, not -5'],
    [['--minutes', '1441'], '--minutes must be a number from 0.001 to 1440, not 1441'],
    [['--minutes', 'ten'], '--minutes must be a number from 0.001 to 1440, not ten'],
    [['--minutes='], '--minutes must be a number from 0.001 to 1440, not nothing'],
    [['--minutes'], '--minutes must be a number from 0.001 to 1440'],
    [['--seed', '4294967296'], '--seed must be a whole number from 0 to 4294967295, not 4294967296'],
    [['--jobs', '3'], 'Unknown option --jobs. There is: --simulations N, --minutes N, --seed N'],
    [['20'], 'Unexpected 20. There is: --simulations N, --minutes N, --seed N'],
  ])('%j are refused in one line', (args, message) => {
    expect(() => readOptions(args, DEFAULTS)).toThrow(message);
  });
});
