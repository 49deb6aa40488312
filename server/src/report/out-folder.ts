import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** An option that cannot be used; the message is one line for the person at the terminal. */
export class OptionError extends Error {}

/** Options with a value each, by name, and what stands beside them; a lone `--` in front is passed over. @throws OptionError */
export function readArguments(
  args: readonly string[],
  names: readonly string[],
): { values: Record<string, string | undefined>; positionals: string[] } {
  const known = `There is: ${names.map((name) => `--${name}`).join(', ')}`;
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const given = args[0] === '--' ? args.slice(1) : [...args]; // npm takes the dashes away, node does not
  const { values, positionals } = parseArgs({ args: given, options, strict: false });
  const read: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) throw new OptionError(`Unknown option --${name}. ${known}`);
    if (typeof value !== 'string' || value === '') throw new OptionError(`--${name} needs a value`);
    read[name] = value;
  }
  return { values: read, positionals };
}

/** A path as the person meant it: npm runs commands in the product's folder, not where it was called. */
export const fromWhereCalled = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** Writes a file into a folder, which is made where it is missing. @returns its path */
export function writeInto(folder: string, name: string, content: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
