import { badValue, notSupported } from '../errors.js';
import type { TextOrder } from './compare.js';
import { T, type Value } from './value.js';
import { decodeDocument } from './write.js';

/** How a command compares text where it asks for the rules of a language. */
export interface Collation {
  readonly compare: TextOrder;
  /** One and the same text for all texts that are equal here. */
  canonical(text: string): string;
}

const SUPPORTED = new Set(['locale', 'strength', 'caseLevel', 'caseFirst', 'numericOrdering', 'normalization']);
const SENSITIVITY = { 1: 'base', 2: 'accent', 3: 'variant' } as const;

/**
 * Reads `{locale, strength, ...}`; undefined for none and for `simple`, which compare bytes.
 * @throws CommandError 2 for a bad one, 238 for options that have no counterpart here
 */
export function parseCollation(spec: Value | undefined): Collation | undefined {
  if (spec?.type !== T.object) return undefined;
  const { locale, strength = 3, caseLevel, caseFirst, numericOrdering, ...rest } = decodeDocument(spec);
  if (Object.keys({ locale, ...rest }).length === 1 && locale === undefined) return undefined;
  if (typeof locale !== 'string') throw badValue("Field 'locale' is invalid in the collation specification");
  if (locale === 'simple') return undefined;
  const refused = Object.entries(rest).find(([name, value]) => !SUPPORTED.has(name) && !isDefault(name, value));
  if (refused) throw notSupported(`collation option '${refused[0]}: ${refused[1]}' is not supported`);
  if (![1, 2, 3].includes(strength as number)) throw notSupported('collation strength must be 1, 2 or 3');
  const sensitivity = caseLevel && strength === 1 ? 'case' : SENSITIVITY[strength as 1];
  const options = { sensitivity, numeric: numericOrdering === true, ...(isCase(caseFirst) && { caseFirst }) } as const;
  return collate(languageTag(locale), options);
}

const DEFAULTS: Record<string, unknown> = { alternate: 'non-ignorable', maxVariable: 'punct', backwards: false };
const isDefault = (name: string, value: unknown) => DEFAULTS[name] === value;
const isCase = (value: unknown): value is 'upper' | 'lower' => value === 'upper' || value === 'lower';

function languageTag(locale: string): string {
  const tag = locale.replaceAll('_', '-').split('@')[0]!;
  let known: string[] = [];
  try {
    known = Intl.Collator.supportedLocalesOf(tag);
  } catch {
    // not even the form of a locale
  }
  if (known.length === 0) throw badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);
  return tag;
}

function collate(tag: string, options: Intl.CollatorOptions): Collation {
  const { compare } = new Intl.Collator(tag, options);
  const seen: string[] = [];
  return {
    compare,
    canonical: (text) => {
      let low = 0;
      for (let high = seen.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (compare(seen[middle]!, text) < 0) low = middle + 1;
        else high = middle;
      }
      if (low === seen.length || compare(seen[low]!, text) !== 0) seen.splice(low, 0, text);
      return seen[low]!;
    },
  };
}
