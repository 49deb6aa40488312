import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { byLatheId } from '../widgets/words';
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

/** Ids and names in natural order, for fields to choose from. Renders again only when one of these changes. */
export function useLatheNames(): readonly Pick<LatheDto, 'id' | 'name'>[] {
  return useQuery({ ...lathes, select: namesOf }).data ?? NONE;
}

/** Name of a lathe; its id until the lathes are known. Renders again only when the name changes. */
export function useLatheName(latheId: string): string {
  const select = (known: LatheDto[]) => known.find((lathe) => lathe.id === latheId)?.name;
  return useQuery({ ...lathes, select }).data ?? latheId;
}

export function useLathe(latheId: string): LatheDto | undefined {
  return useLathes().data?.find((lathe) => lathe.id === latheId);
}

const NONE: readonly Pick<LatheDto, 'id' | 'name'>[] = [];

const namesOf = (known: LatheDto[]) => known.map(({ id, name }) => ({ id, name })).sort(byLatheId);
