import { spawn } from 'node:child_process';

/** A reason to stop that the person at the terminal can act upon: shown without a stack. */
export class SetupError extends Error {}

/** Runs `work` under a line of progress on stderr (stdout belongs to the command itself). */
export async function step(name, work) {
  process.stderr.write(`${name} … `);
  const startedAt = Date.now();
  try {
    const result = await work();
    process.stderr.write(`${seconds(startedAt)}\n`);
    return result;
  } catch (error) {
    process.stderr.write('failed\n');
    throw error;
  }
}

export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Runs a program without showing its output. @throws SetupError with the end of that output when it fails */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
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
