import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { applyLathes } from '../live/apply-change';
import { keys } from './keys';
import { readLathes } from './read-lathes';

const lathe = (id: string, locked: boolean) => ({ id, locked }) as LatheDto;

describe('reading the fleet', () => {
  it('leaves a lathe as the socket has told meanwhile, and takes the others from the answer', async () => {
    const cache = new QueryClient();
    cache.setQueryData(keys.lathes, [lathe('lathe-1', true), lathe('lathe-2', true)]);
    let answer: (lathes: LatheDto[]) => void = () => {};
    const reading = readLathes(cache, () => new Promise((resolve) => (answer = resolve)));
    applyLathes(cache, [lathe('lathe-1', false)]);
    answer([lathe('lathe-1', true), lathe('lathe-2', false)]);
    expect((await reading).map(({ locked }) => locked)).toEqual([false, false]);
    cache.clear();
  });
});
