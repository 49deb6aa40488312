import { parseCollation } from '../bson/collation.js';
import { Elements, entries, field, isNumber, items, T, textOf, type Value } from '../bson/value.js';
import { decodeDocument, decodeValue, encodeDocument } from '../bson/write.js';
import { badValue, CommandError, notSupported, typeMismatch } from '../errors.js';
import { type Environment, variablesOf } from '../expression/index.js';
import type { Hint } from '../planner/plan.js';
import { truthy } from '../query/parse.js';
import type { Meter } from '../query/run.js';
import type { Pause } from './executor.js';

/** Fields that every command may carry. */
export const COMMON_FIELDS: readonly string[] =
  `$db lsid $clusterTime $readPreference readConcern writeConcern comment maxTimeMS
  apiVersion apiStrict apiDeprecationErrors txnNumber autocommit startTransaction`.split(/\s+/);

const NO_FIELDS = encodeDocument({});

/** A document of arguments with typed access: a whole command, or one statement of it. */
export class Arguments {
  constructor(readonly body: Value) {}

  value(name: string): Value | undefined {
    const value = field(this.body, name);
    return value?.type === T.null || value?.type === T.undefined ? undefined : value;
  }

  /** @throws CommandError 14 when there is something else */
  text(name: string): string | undefined {
    const value = this.value(name);
    if (value && value.type !== T.string) throw this.wrongType(name, 'string');
    return value && textOf(value);
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    if (value && !isNumber(value)) throw this.wrongType(name, 'number');
    return value && Number(decodeValue(value));
  }

  /** A whole number of 0 or more. */
  amount(name: string): number | undefined {
    const number = this.number(name);
    if (number !== undefined && number < 0) {
      throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
    }
    return number === undefined ? undefined : Math.trunc(number);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    return value !== undefined && truthy(value);
  }

  document(name: string): Value | undefined {
    const value = this.value(name);
    if (value && value.type !== T.object) throw this.wrongType(name, 'object');
    return value;
  }

  list(name: string): Value[] {
    const value = this.value(name);
    if (value && value.type !== T.array) throw this.wrongType(name, 'array');
    return value ? items(value) : [];
  }

  hint(): Hint | undefined {
    const value = this.value('hint');
    if (!value) return undefined;
    if (value.type === T.string) return textOf(value);
    if (value.type === T.object) return entries(value).length > 0 ? decodeDocument(value) : undefined;
    throw badValue('Hint must be a string or an object');
  }

  /** The variables of `let` and the order of text, for filters and expressions. */
  environment(): Environment {
    return {
      variables: variablesOf(this.document('let'), NO_FIELDS),
      collation: parseCollation(this.document('collation')),
    };
  }

  /** @throws CommandError 238 when one of these is asked for */
  refuse(...names: string[]): void {
    for (const name of names) {
      if (this.flag(name)) throw notSupported(`'${name}' is not supported by the embedded store`);
    }
  }

  /** @throws CommandError 40415 for a field that is none of these */
  allow(where: string, names: ReadonlySet<string>): void {
    const elements = new Elements(this.body);
    while (elements.next()) {
      if (!names.has(elements.name)) {
        throw new CommandError(40415, `BSON field '${where}.${elements.name}' is an unknown field.`);
      }
    }
  }

  private wrongType(name: string, wanted: string): CommandError {
    return typeMismatch(`BSON field '${name}' is the wrong type, expected type '${wanted}'`);
  }
}

/** One command as it came over the wire. */
export class Request extends Arguments {
  readonly name: string;
  readonly database: string;
  /** Its client has gone: nobody waits for an answer. */
  abandoned = false;
  /** What the command has read. */
  readonly meter: Meter = { keys: 0, documents: 0 };

  constructor(
    body: Value,
    private readonly sequences: ReadonlyMap<string, Value[]> = new Map(),
  ) {
    super(body);
    this.name = entries(body)[0]?.[0] ?? '';
    this.database = this.text('$db') ?? 'admin';
  }

  /** The namespace that the command's own value names. @throws CommandError 73 when it is no name */
  namespace(): string {
    const value = this.value(this.name);
    if (value?.type !== T.string || textOf(value) === '') {
      throw new CommandError(73, `collection name has invalid type or is empty in ${this.name}`);
    }
    return `${this.database}.${textOf(value)}`;
  }

  /** Documents given in the body or as a separate section. */
  override list(name: string): Value[] {
    return this.sequences.get(name) ?? super.list(name);
  }
}

/** A reply before it is encoded. */
export type Reply = Record<string, unknown>;
/** A command at work: each `yield` is a place where others may run. */
export type Work = Generator<Pause, Reply>;
