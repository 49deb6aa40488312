import { parseArgs } from 'node:util';

export interface SimulateTestOptions {
  simulations: number;
  /** machine minutes of each job */
  minutes: number;
  seed: number;
}

/** An option that cannot be used; the message is one line for the person at the terminal. */
export class OptionError extends Error {}

const RANGES = {
  simulations: { min: 1, max: 1000, whole: true },
  minutes: { min: 0.001, max: 1440, whole: false },
  seed: { min: 0, max: 2 ** 32 - 1, whole: true },
} as const;
type OptionName = keyof typeof RANGES;

/**
 * @param args - what stands behind the command's name
 * @param defaults - for options that are not given
 * @throws OptionError
 */
export function readOptions(args: readonly string[], defaults: SimulateTestOptions): SimulateTestOptions {
  const options = Object.fromEntries(Object.keys(RANGES).map((name) => [name, { type: 'string' as const }]));
  const given = args[0] === '--' ? args.slice(1) : [...args]; // npm takes the dashes away, node does not
  const { values, positionals } = parseArgs({ args: given, options, strict: false });
  const read = { ...defaults };
  for (const [name, text] of Object.entries(values)) {
    if (!isOption(name)) throw new OptionError(`Unknown option --${name}. ${known()}`);
    read[name] = readNumber(name, text);
  }
  if (positionals.length > 0) throw new OptionError(`Unexpected ${positionals[0]}. ${known()}`);
  return read;
}

function readNumber(name: OptionName, text: unknown): number {
  const { min, max, whole } = RANGES[name];
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const told = typeof text === 'string' ? `, not ${text.trim() || 'nothing'}` : '';
  throw new OptionError(`--${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}${told}`);
}

const isOption = (name: string): name is OptionName => Object.hasOwn(RANGES, name);
const known = (): string =>
  `There is: ${Object.keys(RANGES)
    .map((name) => `--${name} N`)
    .join(', ')}`;
