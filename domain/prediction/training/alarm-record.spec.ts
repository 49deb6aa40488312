import { describe, expect, it } from '@jest/globals';
import type { Dataset } from '../dataset.js';
import { historiesLayout } from '../histories-layout.js';
import { bestAlarmLimit } from './alarm-limit.js';
import { AlarmJudge, alarmRecord } from './alarm-record.js';
import { crossFit } from './cross-fit.js';

const LIFE_MIN = 60;

/** Tools that each cut for an hour, a row a minute; the last ten minutes count as failures. */
function lives(tools: number): Dataset {
  const rows = tools * LIFE_MIN;
  const minute = Float64Array.from({ length: rows }, (_, row) => row % LIFE_MIN);
  const remaining = minute.map((at) => LIFE_MIN - at);
  const layout = historiesLayout();
  const columns = layout.history!;
  return {
    layout,
    inputs: { width: 0, rows, values: new Float64Array(0) },
    target: remaining.map((left) => (left <= 10 ? 1 : 0)),
    modes: {},
    groups: Array.from(minute, (_, row) => `tool ${Math.floor(row / LIFE_MIN)}`),
    history: {
      [columns.remaining]: remaining,
      [columns.minute]: minute,
      [columns.estimate]: remaining,
      [columns.used]: minute,
    },
    kinds: {},
  };
}

/** Minutes to the failure of that row. */
const left = (row: number) => LIFE_MIN - (row % LIFE_MIN);

describe('what alarms have been worth', () => {
  it('is full notice for an alarm that begins ten minutes before and stands', () => {
    expect(alarmRecord(lives(2), (row) => left(row) <= 10)).toEqual({
      ...{ found: 1, leadMedianMin: 10, leadP10Min: 10, falsePer100h: 0, worth: 1 },
    });
  });

  it('is less for half the notice, and nothing for silence', () => {
    expect(alarmRecord(lives(2), (row) => left(row) <= 5)).toMatchObject({ found: 1, leadMedianMin: 5, worth: 0.5 });
    expect(alarmRecord(lives(2), () => false)).toMatchObject({ found: 0, leadMedianMin: 0, falsePer100h: 0, worth: 0 });
  });

  it('is a loss for one that stands from the beginning: it is false and foretells nothing', () => {
    const { found, falsePer100h, worth } = alarmRecord(lives(2), () => true);
    expect({ found, falsePer100h, worth }).toEqual({ found: 0, falsePer100h: 100, worth: -2 });
  });

  it('counts an alarm once through single quiet rows, and twice when it was over in between', () => {
    const with3Quiet = alarmRecord(lives(1), (row) => left(row) <= 12 && ![9, 8, 7].includes(left(row)));
    expect(with3Quiet).toMatchObject({ found: 1, leadMedianMin: 12 });
    const overBetween = alarmRecord(lives(1), (row) => left(row) <= 12 && ![9, 8, 7, 6].includes(left(row)));
    expect(overBetween).toMatchObject({ found: 1, leadMedianMin: 5 });
  });

  it('follows the tools it is told to, alone', () => {
    const own = Array.from({ length: LIFE_MIN }, (_, at) => LIFE_MIN + at);
    const judged = new AlarmJudge(lives(2), own).judge((row) => row >= LIFE_MIN && left(row) <= 8);
    expect(judged).toMatchObject({ found: 1, leadP10Min: 8 });
  });
});

describe('the limit of a score', () => {
  it('is where alarms are worth most, or best by another merit', () => {
    const dataset = lives(3);
    const score = Float64Array.from(dataset.target, (_, row) => -left(row));
    const rows = dataset.target.keys();
    expect(bestAlarmLimit(dataset, score, rows)).toBe(-10);
    const latest = bestAlarmLimit(dataset, score, dataset.target.keys(), ({ leadMedianMin }) => -leadMedianMin);
    expect(latest).toBe(-1);
  });
});

describe('what is said of rows that were held out', () => {
  it('does not change with the outcome of the fold itself', () => {
    const dataset = lives(4);
    const fold = Uint8Array.from(dataset.target, (_, row) => Math.floor(row / LIFE_MIN) % 2);
    const scores = Array.from(dataset.target, (_, row) => [10 - left(row) + ((row * 7) % 5)]);
    const said = crossFit(dataset, scores, fold);
    const otherwise = { ...dataset, target: dataset.target.map((is, row) => (fold[row] === 0 ? 1 - is : is)) };
    const again = crossFit(otherwise, scores, fold);
    const ofFold0 = (values: ArrayLike<number>) => Array.from(values).filter((_, row) => fold[row] === 0);
    expect(ofFold0(again.probability)).toEqual(ofFold0(said.probability));
    expect(ofFold0(again.called)).toEqual(ofFold0(said.called));
    expect(ofFold0(said.called)).toContain(1);
  });
});
