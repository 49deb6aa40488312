import { parseArgs } from 'node:util';
import { DomainError } from '#domain/contract/errors.js';

/** An option that cannot be used; the message is one line for the person at the terminal. */
export class OptionError extends DomainError {
  readonly code = 'option_invalid';
  readonly kind = 'invalid';
}

export interface TrainCommand {
  data: string;
  name: string;
  target: string | undefined;
  group: string | undefined;
  inputs: string[] | undefined;
  seed: number;
}

const USAGE =
  'Use: npm run train -- --data FILE.csv --name NAME [--target COLUMN] [--group COLUMN] [--inputs COLUMN,…] [--seed N]';
const DEFAULT_SEED = 1;
const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** @param args - what stands behind the command's name @throws OptionError */
export function readTrainOptions(args: readonly string[]): TrainCommand {
  const values = readTexts(args, ['data', 'name', 'target', 'group', 'inputs', 'seed'], USAGE);
  const inputs = values['inputs']?.split(',').map((name) => name.trim());
  return {
    data: required(values, 'data', USAGE),
    name: modelName(required(values, 'name', USAGE)),
    target: values['target'],
    group: values['group'],
    inputs: inputs?.filter((name) => name !== ''),
    seed: readSeed(values['seed']),
  };
}

/** Options that each take a text. @throws OptionError for one that is unknown, empty or without its text */
export function readTexts(
  args: readonly string[],
  names: readonly string[],
  usage: string,
): Record<string, string | undefined> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given = args[0] === '--' ? args.slice(1) : [...args]; // npm takes the dashes away, node does not
  const { values, positionals } = parseArgs({ args: given, options, strict: false });
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) throw new OptionError(`Unknown option --${name}. ${usage}`);
    if (typeof value !== 'string' || value.trim() === '') throw new OptionError(`--${name} has no value. ${usage}`);
  }
  if (positionals.length > 0) throw new OptionError(`Unexpected ${positionals[0]}. ${usage}`);
  return values as Record<string, string | undefined>;
}

export function required(values: Record<string, string | undefined>, name: string, usage: string): string {
  const value = values[name];
  if (value === undefined) throw new OptionError(`--${name} is missing. ${usage}`);
  return value;
}

/** A model's name is also its folder's. */
export function modelName(name: string, option = '--name'): string {
  if (NAME.test(name)) return name;
  throw new OptionError(`${option} must be up to 64 letters, digits, dots and dashes, not ${JSON.stringify(name)}`);
}

export function readSeed(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED;
  const seed = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (seed <= 2 ** 32 - 1) return seed;
  throw new OptionError(`--seed must be a whole number from 0 to 4294967295, not ${text}`);
}
