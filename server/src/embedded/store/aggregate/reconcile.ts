import { compareValues } from '../bson/compare.js';
import { documentOf, entries, field, T, type Value } from '../bson/value.js';
import { DocumentWriter } from '../bson/write.js';

/**
 * A computed document with the stored bytes wherever the value did not change. Computing turns every number into a double and
 * back; this keeps the number types of what was only passed through.
 */
export function reconcile(computed: Value, original: Value): Value {
  const writer = new DocumentWriter();
  for (const [name, value] of entries(computed)) {
    const before = field(original, name);
    if (before && compareValues(value, before) === 0) writer.value(name, before);
    else if (before?.type === T.object && value.type === T.object) writer.js(name, reconcile(value, before));
    else writer.value(name, value);
  }
  return documentOf(writer.finish());
}
