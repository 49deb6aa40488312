/** What a number in a field may be. */
export interface NumberRule {
  min: number;
  max: number;
  unit: string;
  /** `min` itself is not allowed */
  isOpen?: boolean;
  whole?: boolean;
}

/** The number that somebody typed, with point or comma; NaN for text that is none, undefined for an empty field. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : Number(trimmed.replace(',', '.'));
}

/** What is wrong with the text of a field, for the line below it; undefined where nothing is, or where it is empty. */
export function numberFault(text: string, rule: NumberRule): string | undefined {
  const value = numberOf(text);
  if (value === undefined) return undefined;
  const unit = rule.unit && ` ${rule.unit}`;
  const expected = `expected ${rule.isOpen ? 'above ' : ''}${rule.min} to ${rule.max}${unit}${rule.whole ? ', whole' : ''}`;
  if (!Number.isFinite(value)) return `“${text.trim()}” is no number: ${expected}.`;
  const below = rule.isOpen ? value <= rule.min : value < rule.min;
  if (below || value > rule.max || (rule.whole && !Number.isInteger(value))) return `${value}${unit}: ${expected}.`;
  return undefined;
}
