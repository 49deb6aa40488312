import { Long } from 'bson';
import { items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import type { Flow } from '../planner/scan.js';
import { assign, locate, ObjectNode, toDocument, toValue, unassign } from '../update/tree.js';

interface Unwind {
  readonly path: readonly string[];
  readonly preserve: boolean;
  readonly indexField: string | undefined;
}

function parse(spec: Value): Unwind {
  const given = spec.type === T.string ? { path: textOf(spec) } : spec.type === T.object ? decodeDocument(spec) : {};
  const path = given['path' as keyof typeof given] as unknown;
  if (typeof path !== 'string') throw new CommandError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const options = given as Record<string, unknown>;
  return {
    path: path.slice(1).split('.'),
    preserve: options['preserveNullAndEmptyArrays'] === true,
    indexField: options['includeArrayIndex'] as string | undefined,
  };
}

/** `$unwind`: one document per element. */
export function* unwind(input: Flow<Value>, spec: Value): Flow<Value> {
  const { path, preserve, indexField } = parse(spec);
  for (const document of input) {
    if (!document) {
      yield undefined;
      continue;
    }
    const place = locate(new ObjectNode(document), path, false);
    const value = place?.node && toValue(place.node);
    if (value?.type !== T.array) {
      const kept = value && value.type !== T.null && value.type !== T.undefined;
      if (kept || preserve) yield withElement(document, path, value, indexField, null);
      continue;
    }
    const all = items(value);
    if (all.length === 0 && preserve) yield withElement(document, path, undefined, indexField, null);
    for (const [index, item] of all.entries())
      yield withElement(document, path, item, indexField, Long.fromNumber(index));
  }
}

function withElement(
  document: Value,
  path: readonly string[],
  item: Value | undefined,
  indexField: string | undefined,
  index: Long | null,
): Value {
  const root = new ObjectNode(document);
  const place = locate(root, path, false);
  if (place && item) assign(place, item);
  else if (place?.node && toValue(place.node).type === T.array) unassign(place);
  if (indexField) assign(locate(root, indexField.split('.'), true)!, encodeValue(index));
  return toDocument(root);
}
