import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fromWhereCalled, OptionError, readArguments, writeInto } from './out-folder.js';

const calledFrom = process.env.INIT_CWD;
afterEach(() => {
  if (calledFrom === undefined) delete process.env.INIT_CWD;
  else process.env.INIT_CWD = calledFrom;
});

describe('arguments', () => {
  it('are read in both ways of writing, behind the dashes of npm too', () => {
    expect(readArguments(['--', '--out', 'a b', 'file'], ['out'])).toEqual({
      values: { out: 'a b' },
      positionals: ['file'],
    });
    expect(readArguments(['--out=x'], ['out']).values).toEqual({ out: 'x' });
  });

  it.each([
    [['--into', 'x'], 'Unknown option --into. There is: --out, --seed'],
    [['--out'], '--out needs a value'],
    [['--out='], '--out needs a value'],
  ])('%j are refused in one line', (args, message) => {
    const read = () => readArguments(args, ['out', 'seed']);
    expect(read).toThrow(OptionError);
    expect(read).toThrow(message);
  });
});

describe('a file', () => {
  it('is written below the folder that the person meant', () => {
    const home = mkdtempSync(join(tmpdir(), 'byte-astra-out-'));
    process.env.INIT_CWD = home;
    const path = writeInto(fromWhereCalled('deep/er'), 'report.html', 'text');
    expect(path).toBe(join(home, 'deep', 'er', 'report.html'));
    expect(readFileSync(path, 'utf8')).toBe('text');
    expect(fromWhereCalled('/absolute')).toBe('/absolute');
    rmSync(home, { recursive: true });
  });
});
