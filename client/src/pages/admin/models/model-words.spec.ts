import { describe, expect, it } from '@jest/globals';
import { COMPARED, figureWords } from './model-words';

describe('figures of models', () => {
  const figure = (name: string) => COMPARED.find((each) => each.name === name)!;

  it.each([
    ['prAuc', 0.94231, '0.942'],
    ['found', 0.875, '88 %'],
    ['leadMedianMin', 9.26, '9.3 min'],
    ['brier', 0.02034, '0.0203'],
  ])('tell %s %d as %s', (name, value, words) => {
    expect(figureWords(value, figure(name))).toBe(words);
  });

  it.each([[null], [undefined], [Number.NaN]])('tell %p as unknown', (...[value]) => {
    expect(figureWords(value, figure('prAuc'))).toBe('–');
  });
});
