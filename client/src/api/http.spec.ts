import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { getJson } from './http';
import { UnexpectedAnswerError, UnreachableError } from './problem';

const asked = (answer: Response | Error) =>
  jest.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
afterEach(() => jest.restoreAllMocks());

/** An answer whose connection is lost after its first half. */
const brokenOff = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"n":'));
      },
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    }),
  );

describe('an answer', () => {
  it('is given as its schema has it', async () => {
    asked(Response.json({ n: 1 }));
    expect(await getJson('/x', z.object({ n: z.number() }))).toEqual({ n: 1 });
  });

  it('that never comes, or breaks off halfway, tells that the server cannot be reached, so that it is asked again', async () => {
    for (const answer of [new TypeError('failed to fetch'), brokenOff()]) {
      asked(answer);
      await expect(getJson('/x', z.object({ n: z.number() }))).rejects.toThrow(UnreachableError);
    }
  });

  it('of another shape is unexpected, and so is one that is no JSON', async () => {
    for (const answer of [Response.json({ n: 'one' }), new Response('<p>hello')]) {
      asked(answer);
      await expect(getJson('/x', z.object({ n: z.number() }))).rejects.toThrow(UnexpectedAnswerError);
    }
  });
});
