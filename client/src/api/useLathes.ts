import { useQuery } from '@tanstack/react-query';
import type { LatheDto } from '#domain/contract/lathe.js';
import { keys } from './keys';
import { fetchLathes } from './lathes';

export function useLathes() {
  return useQuery({ queryKey: keys.lathes, queryFn: fetchLathes });
}

export function useLathe(latheId: string): LatheDto | undefined {
  return useLathes().data?.find((lathe) => lathe.id === latheId);
}
