import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { LatheDto } from '#domain/contract/lathe.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { messageOf } from '../../../api/problem';
import { useRights } from '../../../api/useSession';
import { notify } from '../../../widgets/notice-store';
import { endFault, faultsKey, fetchFaults, injectFault } from './fault-calls';
import { FAULT_WORDS } from './fault-words';

/** A ramp is seen to move; without a fault there is nothing to look at. */
const ACTING_BEAT_MS = 1000;
const QUIET_BEAT_MS = 5000;

/** Faults of the lathe's job, or of its last one as long as the page knows it, so that their traces keep their bands. */
export function useFaults(lathe: Pick<LatheDto, 'id' | 'currentJob'>) {
  const { stopJobs } = useRights();
  const last = useRef<{ latheId: string; jobId: string }>(undefined);
  if (lathe.currentJob) last.current = { latheId: lathe.id, jobId: lathe.currentJob };
  const jobId = last.current?.latheId === lathe.id ? last.current.jobId : undefined;
  return useQuery({
    queryKey: faultsKey(jobId ?? ''),
    queryFn: () => fetchFaults(jobId ?? ''),
    enabled: jobId !== undefined && stopJobs,
    refetchInterval: ({ state }) => {
      if (!lathe.currentJob) return false;
      return state.data?.some((fault) => fault.state !== 'ended') ? ACTING_BEAT_MS : QUIET_BEAT_MS;
    },
  });
}

export function useInjection(jobId: string, onDone: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (fault: InjectFaultDto) => injectFault(jobId, fault),
    onSuccess: ({ type }) => {
      notify({ tone: 'done', text: `Injected: ${FAULT_WORDS[type].name}.` });
      onDone();
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: faultsKey(jobId) }),
  });
}

export function useFaultEnd(jobId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (faultId: string) => endFault(jobId, faultId),
    onSuccess: ({ type }) => notify({ tone: 'done', text: `Ended: ${FAULT_WORDS[type].name}.` }),
    onError: (error) => notify({ tone: 'problem', text: messageOf(error) }),
    onSettled: () => void cache.invalidateQueries({ queryKey: faultsKey(jobId) }),
  });
}
