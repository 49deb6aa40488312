import { entries, items, T, type Value } from '../bson/value.js';
import { DocumentWriter, encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { showValue } from '../index/unique.js';

/**
 * A document that is being changed. Parts that no change has touched stay the stored bytes they were, so they come out
 * byte for byte.
 */
export type Node = Value | ObjectNode | ArrayNode;

export class ObjectNode {
  readonly fields: { name: string; node: Node }[];

  constructor(value?: Value) {
    this.fields = value ? entries(value).map(([name, node]) => ({ name, node })) : [];
  }

  get(name: string): Node | undefined {
    return this.fields.find((own) => own.name === name)?.node;
  }

  /** Changes a field in its place, or appends it. */
  set(name: string, node: Node): void {
    const own = this.fields.find((other) => other.name === name);
    if (own) own.node = node;
    else this.fields.push({ name, node });
  }

  delete(name: string): void {
    const at = this.fields.findIndex((own) => own.name === name);
    if (at >= 0) this.fields.splice(at, 1);
  }
}

export class ArrayNode {
  readonly items: Node[];

  constructor(value?: Value) {
    this.items = value ? items(value) : [];
  }
}

/** Opens a stored document or array for change; other values stay as they are. */
export function opened(node: Node): Node {
  if (node instanceof ObjectNode || node instanceof ArrayNode) return node;
  if (node.type === T.object) return new ObjectNode(node);
  if (node.type === T.array) return new ArrayNode(node);
  return node;
}

/** The whole tree as a document. */
export function toDocument(root: ObjectNode): Value {
  const writer = new DocumentWriter();
  for (const { name, node } of root.fields) write(writer, name, node);
  return writer.finish();
}

/** A node as a value by itself. */
export function toValue(node: Node): Value {
  if (!(node instanceof ObjectNode || node instanceof ArrayNode)) return node;
  const holder = new ObjectNode();
  holder.set('v', node);
  return entries(toDocument(holder))[0]![1];
}

function write(writer: DocumentWriter, name: string, node: Node): void {
  if (node instanceof ObjectNode) {
    writer.openAs(name, T.object);
    for (const own of node.fields) write(writer, own.name, own.node);
    writer.close();
  } else if (node instanceof ArrayNode) {
    writer.openAs(name, T.array);
    node.items.forEach((item, i) => {
      write(writer, String(i), item);
    });
    writer.close();
  } else writer.value(name, node);
}

export const NULL = encodeValue(null);

const isIndex = (part: string) => /^(0|[1-9]\d*)$/.test(part);

/** Longest gap of nulls that setting a far array element may fill. */
const MAX_PADDING = 1_500_000;

/** The place that a path ends at: its parent is open, and the last part may or may not exist. */
export interface Place {
  readonly parent: ObjectNode | ArrayNode;
  readonly name: string;
  readonly node: Node | undefined;
}

/**
 * Follows a path without `$` parts, opening what it passes.
 * @param create - make missing documents on the way; otherwise undefined is returned when the way ends early
 * @throws CommandError 28 when `create` and a value on the way can hold no fields
 */
export function locate(root: ObjectNode, path: readonly string[], create: boolean): Place | undefined {
  let parent: ObjectNode | ArrayNode = root;
  for (let depth = 0; ; depth++) {
    const name = path[depth]!;
    if (parent instanceof ArrayNode && !isIndex(name)) {
      if (!create) return undefined;
      throw notViable(name, path[depth - 1] ?? '', parent);
    }
    const node: Node | undefined = parent instanceof ArrayNode ? parent.items[Number(name)] : parent.get(name);
    if (depth === path.length - 1) return { parent, name, node };
    if (!node && !create) return undefined;
    const next: Node = node ? opened(node) : new ObjectNode();
    if (!(next instanceof ObjectNode || next instanceof ArrayNode)) {
      if (!create) return undefined;
      throw notViable(path[depth + 1]!, name, next);
    }
    assign({ parent, name, node }, next);
    parent = next;
  }
}

/** Puts a node at a place. @throws CommandError 2 when an array would grow too far */
export function assign({ parent, name }: Place, node: Node): void {
  if (parent instanceof ObjectNode) parent.set(name, node);
  else {
    const at = Number(name);
    if (at - parent.items.length > MAX_PADDING) {
      throw new CommandError(2, `can't backfill more than ${MAX_PADDING} elements`);
    }
    while (parent.items.length < at) parent.items.push(NULL);
    parent.items[at] = node;
  }
}

/** Takes a field away; an array element becomes null, so that the others keep their places. */
export function unassign({ parent, name, node }: Place): void {
  if (!node) return;
  if (parent instanceof ObjectNode) parent.delete(name);
  else parent.items[Number(name)] = NULL;
}

function notViable(name: string, holder: string, node: Node): CommandError {
  return new CommandError(28, `Cannot create field '${name}' in element {${holder}: ${showValue(toValue(node))}}`);
}
