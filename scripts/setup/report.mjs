import { spawn } from 'node:child_process';

/** A reason to stop that the person at the terminal can act upon: shown without a stack. */
export class SetupError extends Error {}

/** Whether the cursor stands behind the name of a step that is not done. */
let lineIsOpen = false;

/** Runs `work` under a line of progress on stderr (stdout belongs to the command itself). */
export async function step(name, work) {
  process.stderr.write(`${name} … `);
  lineIsOpen = true;
  const startedAtMs = Date.now();
  const end = (word) => {
    process.stderr.write(lineIsOpen ? `${word}\n` : `${name}: ${word}\n`);
    lineIsOpen = false;
  };
  try {
    const result = await work();
    end(seconds(startedAtMs));
    return result;
  } catch (error) {
    end('failed');
    throw error;
  }
}

/** Tells the person at the terminal something while steps may be under way. */
export function say(text) {
  process.stderr.write(lineIsOpen ? `\n${text}\n` : `${text}\n`);
  lineIsOpen = false;
}

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Runs a program without showing its output. @throws SetupError with the end of that output when it fails */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...(options.env ?? process.env), NO_COLOR: '1', FORCE_COLOR: '0' };
    const child = spawn(program, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-8_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new SetupError(`${output.trimEnd()}\n${[program, ...args].join(' ')} failed (exit code ${code})`));
    });
  });
}

/** Ends the process after a failed command: a plain line for what a person can mend, a stack for what is our fault. */
export function fail(error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exit(1);
}
