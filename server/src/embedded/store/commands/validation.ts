import { field, type Value } from '../bson/value.js';
import { encodeValue } from '../bson/write.js';
import { CommandError } from '../errors.js';
import { compileFilter, type Matcher } from '../query/match.js';
import { parseFilter } from '../query/parse.js';
import type { Collection } from '../storage/collection.js';
import type { Arguments } from './request.js';

interface Validator {
  readonly accepts: Matcher;
  /** Documents that were not valid before may stay so. */
  readonly isModerate: boolean;
  readonly onlyWarns: boolean;
}

/** Compiled validators, by the options that they were made of. */
const compiled = new WeakMap<object, Validator>();

function validatorOf(options: Record<string, unknown>): Validator | undefined {
  const { validator: source, validationLevel, validationAction } = options;
  if (!source || validationLevel === 'off') return undefined;
  const known = compiled.get(options);
  if (known) return known;
  const validator = {
    accepts: compileFilter(parseFilter(encodeValue(source))),
    isModerate: validationLevel === 'moderate',
    onlyWarns: validationAction === 'warn',
  };
  compiled.set(options, validator);
  return validator;
}

/** Checks a document against the rules of its collection. @throws CommandError 121 when it breaks them */
export function checkValid(collection: Collection, next: Value, previous: Value | undefined, request: Arguments): void {
  const validator = validatorOf(collection.record.options);
  if (!validator || request.flag('bypassDocumentValidation') || validator.accepts(next)) return;
  if (validator.isModerate && previous && !validator.accepts(previous)) return;
  if (validator.onlyWarns) {
    console.warn(`embedded-store: a document in ${collection.namespace} does not pass its validator`);
    return;
  }
  throw new CommandError(121, 'Document failed validation', {
    errInfo: {
      failingDocumentId: field(next, '_id'),
      details: { operatorName: '$and', schemaRulesNotSatisfied: [collection.record.options['validator']] },
    },
  });
}
