import { describe, expect, it } from '@jest/globals';
import { ALARM_STATES, type AlarmState } from '../contract/enums.js';
import { ALARM_EVENTS, type AlarmEventType, nextAlarmState } from './alarm-state.js';

/**
 * Every pair, one row per state, columns in the order of ALARM_EVENTS. `-` is illegal.
 * `l:a|b` is a while latched, else b; `again` is what an alarm wakes up to; `1:again|H` is that for a one-shot shelf, else H.
 */
const EXPECTED: Record<AlarmState, string> = {
  //                      exceeded esc  returned       ack    reset resolved shelved unsh.  expired suppr. unsup. removed back
  normal:
    '               U        -    -              -      -     -        -       -      -       S      -      O       -',
  unacknowledged:
    '       -        U    l:LU|RU        A      -     N        H       -      -       S      -      O       -',
  acknowledged:
    '         -        U    l:LA|N         -      -     N        H       -      -       S      -      O       -',
  returnedUnacknowledged:
    'U       -    -              N      -     N        H       -      -       S      -      O       -',
  latchedUnacknowledged:
    'U        -    -              LA     -     N        H       -      -       S      -      O       -',
  latchedAcknowledged:
    '  U        -    -              -      N     N        H       -      -       S      -      O       -',
  shelved:
    '              H        H    1:again|H      -      -     N        -       again  again   -      -      O       -',
  suppressed:
    '           S        S    S              -      -     -        -       -      -       -      again  O       -',
  outOfService:
    '         O        O    O              -      -     -        -       -      -       -      -      -       again',
};
const LETTERS: Record<string, AlarmState> = {
  N: 'normal',
  U: 'unacknowledged',
  A: 'acknowledged',
  RU: 'returnedUnacknowledged',
  LU: 'latchedUnacknowledged',
  LA: 'latchedAcknowledged',
  H: 'shelved',
  S: 'suppressed',
  O: 'outOfService',
};
const WAKES: [isActive: boolean, isLatched: boolean, state: AlarmState][] = [
  [true, true, 'unacknowledged'],
  [true, false, 'unacknowledged'],
  [false, true, 'latchedUnacknowledged'],
  [false, false, 'normal'],
];

function expected(cell: string, isActive: boolean, isLatched: boolean, isOneShot: boolean): AlarmState | undefined {
  if (cell === '-') return undefined;
  if (cell === '1:again|H' && !isOneShot) return 'shelved';
  if (cell.includes('again')) return WAKES.find((row) => row[0] === isActive && row[1] === isLatched)?.[2];
  const latchable = /^l:(\w+)\|(\w+)$/.exec(cell);
  return LETTERS[latchable ? latchable[isLatched ? 1 : 2]! : cell];
}

const cells = ALARM_STATES.flatMap((state) =>
  ALARM_EVENTS.map((event, i): [AlarmState, AlarmEventType, string] => [
    state,
    event,
    EXPECTED[state].trim().split(/\s+/)[i]!,
  ]),
);

describe('the table of alarm states', () => {
  it('has a cell for every state and event', () => {
    expect(cells).toHaveLength(9 * 13);
    for (const state of ALARM_STATES) expect(EXPECTED[state].trim().split(/\s+/)).toHaveLength(ALARM_EVENTS.length);
  });

  it.each(cells)('%s + %s → %s', (state, event, cell) => {
    for (const [isActive, isLatched] of WAKES) {
      for (const isOneShot of [true, false]) {
        const next = nextAlarmState(state, event, { isActive, isLatched, isOneShot });
        expect(next).toBe(expected(cell, isActive, isLatched, isOneShot));
      }
    }
  });
});
