import { z } from 'zod';
import { ValidationError } from '../common/errors.js';

/**
 * Where a page of the job list ended. A job's StartTime moves once, from its creation to its first tick; `asOf`, the time of
 * the first page, lets later pages see each job where it stood then, so that none is met twice and none is skipped.
 */
export interface JobsCursor {
  asOf: Date;
  /** sort key of the last job of the page */
  at: Date;
  id: string;
}

const CursorText = z.tuple([z.number().int(), z.number().int(), z.string().regex(/^[0-9a-f]{24}$/)]);

export function encodeCursor({ asOf, at, id }: JobsCursor): string {
  return Buffer.from(JSON.stringify([asOf.getTime(), at.getTime(), id])).toString('base64url');
}

/** @throws ValidationError for a text that no list has given out */
export function decodeCursor(text: string): JobsCursor {
  const bad = () => new ValidationError([{ path: 'cursor', message: 'is not a cursor of this list' }]);
  let parts: z.infer<typeof CursorText>;
  try {
    parts = CursorText.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw bad();
  }
  const [asOf, at] = [new Date(parts[0]), new Date(parts[1])];
  if (Number.isNaN(asOf.getTime()) || Number.isNaN(at.getTime())) throw bad();
  return { asOf, at, id: parts[2] };
}
