import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { keys } from './keys';
import { fetchLathes } from './lathes';
import { readLathes } from './read-lathes';

const lathes = {
  queryKey: keys.lathes,
  queryFn: ({ client }: { client: QueryClient }) => readLathes(client, fetchLathes),
};

export function useLathes() {
  return useQuery(lathes);
}

/** Name of a lathe; its id until the lathes are known. Renders again only when the name changes. */
export function useLatheName(latheId: string): string {
  const select = (known: LatheDto[]) => known.find((lathe) => lathe.id === latheId)?.name;
  return useQuery({ ...lathes, select }).data ?? latheId;
}

export function useLathe(latheId: string): LatheDto | undefined {
  return useLathes().data?.find((lathe) => lathe.id === latheId);
}
