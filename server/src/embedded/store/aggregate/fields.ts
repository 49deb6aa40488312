import { documentOf, Elements, T, type Value } from '../bson/value.js';
import { DocumentWriter } from '../bson/write.js';

/**
 * Top-level fields that an expression reads; undefined when it may read the whole document.
 * So a group over one number does not decode the arrays beside it.
 */
export function fieldsRead(expression: unknown, into = new Set<string>()): Set<string> | undefined {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) {
      const name = expression.slice(2).split('.')[0]!;
      return name === 'ROOT' || name === 'CURRENT' ? undefined : into;
    }
    if (expression.startsWith('$')) into.add(expression.slice(1).split('.')[0]!);
    return into;
  }
  if (Array.isArray(expression)) return expression.every((part) => fieldsRead(part, into)) ? into : undefined;
  if (typeof expression === 'object' && expression !== null) {
    if ('$getField' in expression) return undefined;
    return Object.values(expression).every((part) => fieldsRead(part, into)) ? into : undefined;
  }
  return into;
}

/** The named top-level fields of a document. */
export function pick(document: Value, names: ReadonlySet<string> | undefined): Value {
  if (!names || document.type !== T.object) return document;
  const writer = new DocumentWriter();
  const elements = new Elements(document);
  while (elements.next()) {
    const name = elements.name;
    if (names.has(name)) writer.value(name, elements.value);
  }
  return documentOf(writer.finish());
}
