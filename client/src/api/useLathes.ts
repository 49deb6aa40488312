import { useQuery } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { keys } from './keys';
import { fetchLathes } from './lathes';

export function useLathes() {
  return useQuery({ queryKey: keys.lathes, queryFn: fetchLathes });
}

/** Name of a lathe; its id until the lathes are known. Renders again only when the name changes. */
export function useLatheName(latheId: string): string {
  const select = (lathes: LatheDto[]) => lathes.find((lathe) => lathe.id === latheId)?.name;
  return useQuery({ queryKey: keys.lathes, queryFn: fetchLathes, select }).data ?? latheId;
}

export function useLathe(latheId: string): LatheDto | undefined {
  return useLathes().data?.find((lathe) => lathe.id === latheId);
}
