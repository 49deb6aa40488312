import { describe, expect, it } from '@jest/globals';
import { Double, Long } from 'bson';
import fc from 'fast-check';
import { entries, field, identical, T, type Value } from '../bson/value.js';
import { decodeDocument, encodeDocument } from '../bson/write.js';
import { compileProjection } from './projection.js';

type Fields = Record<string, unknown>;

const projected = (document: Fields, projection: Fields): Value =>
  compileProjection(encodeDocument(projection), { variables: {} })!(encodeDocument(document));
const shown = (document: Fields, projection: Fields) => decodeDocument(projected(document, projection));

const leaf = fc.oneof(
  fc.integer().map((n) => Long.fromNumber(n)),
  fc.double().map((n) => new Double(n)),
  fc.string({ maxLength: 60 }),
  fc.constantFrom(null, true, new Date(0)),
);
const name = fc.constantFrom('a', 'b', 'bb', 'c', 'é', '_id');
const { document } = fc.letrec<{ value: unknown; document: Fields }>((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, leaf, tie('document')),
  document: fc.dictionary(name, tie('value'), { maxKeys: 6 }),
}));

/** The wanted part of a document, told element by element. */
function included(holder: Value, paths: readonly string[][]): [string, Value | unknown[]][] {
  return entries(holder).flatMap<[string, Value | unknown[]]>(([own, value]) => {
    const here = paths.filter(([first]) => first === own).map(([, ...rest]) => rest);
    if (here.some((rest) => rest.length === 0)) return [[own, value]];
    return here.length > 0 && value.type === T.object ? [[own, included(value, here)]] : [];
  });
}

const isSame = (got: Value, wanted: Value | unknown[]): boolean =>
  Array.isArray(wanted)
    ? entries(got).length === wanted.length &&
      (wanted as [string, Value][]).every(([own, value], i) => {
        const [name, part] = entries(got)[i]!;
        return name === own && isSame(part, value);
      })
    : identical(got, wanted);

describe('a projection', () => {
  it('shows exactly the wanted fields, in their stored order and byte for byte', () => {
    const path = fc.array(name, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(document, fc.uniqueArray(path, { minLength: 1, maxLength: 4, selector: String }), (stored, paths) => {
        const texts = paths.map((parts) => parts.join('.'));
        fc.pre(!texts.some((one) => texts.some((other) => other.startsWith(`${one}.`))));
        const projection = Object.fromEntries(texts.map((text) => [text, 1]));
        const wanted = paths.some(([first]) => first === '_id') ? paths : [...paths, ['_id']];
        expect(isSame(projected(stored, projection), included(encodeDocument(stored), wanted))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out exactly the unwanted fields', () => {
    fc.assert(
      fc.property(document, fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), (stored, unwanted) => {
        const result = projected(stored, Object.fromEntries(unwanted.map((each) => [each, 0])));
        const before = entries(encodeDocument(stored)).filter(([own]) => !(unwanted as string[]).includes(own));
        expect(entries(result).map(([own]) => own)).toEqual(before.map(([own]) => own));
        for (const [own, value] of before) expect(identical(field(result, own)!, value)).toBe(true);
      }),
    );
  });

  it('goes into arrays, and keeps only documents there', () => {
    const stored = { a: [{ b: 1, c: 2 }, 7, [{ b: 3 }], { c: 4 }], d: 5 };
    expect(shown(stored, { 'a.b': 1 })).toEqual({ a: [{ b: 1 }, [{ b: 3 }], {}] });
    expect(shown(stored, { 'a.b': 0 })).toEqual({ a: [{ c: 2 }, 7, [{}], { c: 4 }], d: 5 });
  });

  it('computes fields after the stored ones, and none in the place of a wanted one twice', () => {
    expect(Object.entries(shown({ b: 1, a: 2 }, { c: { $add: ['$a', '$b'] }, a: 1, 'd.e': '$b' }))).toEqual([
      ['a', 2],
      ['c', 3],
      ['d', { e: 1 }],
    ]);
  });

  it.each([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, 'a.b': 1 }, 31249],
    [{ 'a.b': 1, a: 1 }, 31250],
    [{ 'a.': 1 }, 31410],
    [{ a: {} }, 51270],
  ])('%j is refused with code %i', (projection, code) => {
    expect(() => projected({}, projection)).toThrow(expect.objectContaining({ code }));
  });
});
