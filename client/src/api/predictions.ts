import { useQuery } from '@tanstack/react-query';
import { PredictionSchema } from '#domain/contract/prediction.js';
import { getJson } from './http';

/** A lathe's state is stored once a second; people read slower. */
const READ_EVERY_MS = 2000;

/** The prediction for a lathe, read again every two seconds while somebody looks. */
export function usePrediction(latheId: string) {
  return useQuery({
    queryKey: ['predictions', latheId],
    queryFn: () => getJson(`/api/predictions/${latheId}`, PredictionSchema),
    refetchInterval: READ_EVERY_MS,
    staleTime: 0,
  });
}
