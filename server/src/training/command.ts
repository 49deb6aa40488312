import { DomainError } from '#domain/contract/errors.js';

/**
 * Runs a command of the terminal. What a person can put right is told in a line for each fault, without a stack, and ends the
 * process with code 1.
 * @param run - gets what stands behind the command's name
 */
export async function runCommand(run: (args: string[]) => Promise<void>): Promise<void> {
  try {
    await run(process.argv.slice(2));
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof DomainError) {
      const further = error.errors?.slice(1).map(({ path, message }) => `${path}: ${message}`) ?? [];
      process.stderr.write(`${[error.message, ...further].join('\n')}\n`);
    } else if (isFileError(error)) {
      process.stderr.write(`${error.message}\n`);
    } else {
      throw error;
    }
  }
}

/** A file that is not there, no file, or not allowed. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
