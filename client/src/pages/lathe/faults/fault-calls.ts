import { z } from 'zod';
import { type FaultDto, FaultedJobSchema, FaultSchema } from '#domain/contract/fault.js';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { getJson, sendJson } from '../../../api/http';

export const faultsKey = (jobId: string) => ['faults', jobId] as const;

/** Waiting, active and past faults of a job, the newest first. */
export const fetchFaults = (jobId: string): Promise<FaultDto[]> =>
  getJson(`/api/jobs/${jobId}/faults`, z.array(FaultSchema));

export const injectFault = async (jobId: string, fault: InjectFaultDto): Promise<FaultDto> =>
  (await sendJson('POST', `/api/jobs/${jobId}/faults`, fault, FaultedJobSchema)).fault;

export const endFault = (jobId: string, faultId: string): Promise<FaultDto> =>
  sendJson('DELETE', `/api/jobs/${jobId}/faults/${faultId}`, undefined, FaultSchema);
