import type { QueryClient } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { keys } from './keys';

/**
 * Reads the fleet. An answer that was on its way while the socket told of a lathe may be older than that: the lathe stays
 * as the socket has it.
 */
export async function readLathes(cache: QueryClient, read: () => Promise<LatheDto[]>): Promise<LatheDto[]> {
  const known = () => new Map(cache.getQueryData<LatheDto[]>(keys.lathes)?.map((lathe) => [lathe.id, lathe]));
  const before = known();
  const answer = await read();
  if (before.size === 0) return answer;
  const now = known();
  return answer.map((lathe) => {
    const heard = now.get(lathe.id);
    return heard && heard !== before.get(lathe.id) ? heard : lathe;
  });
}
