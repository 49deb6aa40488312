import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import type { Outlook, SpeedSweep, WhatIfBasis } from '#domain/contract/what-if.js';
import { MATERIALS, type Material } from '#domain/machining/materials.js';
import type { JobPlan } from '#domain/machining/plan.js';
import { TOOLS, type Tool } from '#domain/machining/tools.js';
import type { Economics } from '#domain/what-if/economics.js';
import { outlookOf, sampleTimes } from '#domain/what-if/outlook.js';
import { currentPlan } from '#domain/what-if/proposal.js';
import { sweepSpeeds } from '#domain/what-if/speed-sweep.js';
import { keys } from '../../../api/keys';
import { fetchMaterials, fetchTools } from '../../../api/library';
import { ProblemError } from '../../../api/problem';
import { fetchWhatIfBasis } from './fetch-basis';
import { type Proposal, proposalOf, type WhatIfDraft } from './what-if-draft';

const REFRESH_MS = 20_000;
/** A job that has just begun has not been stored yet. */
const RETRY_MS = 1500;

const isTooEarly = (error: unknown) => error instanceof ProblemError && error.code === 'no_running_job';

/** State of the running job, read again now and then. */
export function useWhatIfBasis(latheId: string, jobId: string) {
  const query = useQuery({
    queryKey: keys.whatIf(latheId, jobId),
    queryFn: () => fetchWhatIfBasis(latheId),
    refetchInterval: ({ state }) => (isTooEarly(state.error) ? RETRY_MS : REFRESH_MS),
    staleTime: REFRESH_MS / 2,
  });
  return { ...query, isTooEarly: isTooEarly(query.error) };
}

/** The shop's tools and materials; until they are read, those of the delivery. */
export function useLibrary(): { tools: readonly Tool[]; materials: readonly Material[] } {
  const tools = useQuery({ queryKey: keys.tools, queryFn: fetchTools }).data ?? TOOLS;
  const materials = useQuery({ queryKey: keys.materials, queryFn: fetchMaterials }).data ?? MATERIALS;
  return useMemo(() => ({ tools, materials }), [tools, materials]);
}

export interface WhatIf {
  times: number[];
  current: Outlook;
  /** undefined where the changes are refused */
  proposed: Outlook | undefined;
  proposal: Proposal;
  sweep: SpeedSweep | null;
  /** what is shown lags behind the fields for a moment */
  isCatchingUp: boolean;
}

/** Both futures, computed here while a slider moves; a move that comes meanwhile goes first. */
export function useWhatIf(
  basis: WhatIfBasis,
  draft: WhatIfDraft,
  horizonMinutes: number,
  economics: Economics,
  library: ReturnType<typeof useLibrary>,
): WhatIf {
  const tried = useDeferredValue(draft);
  const planned = useMemo(() => currentPlan(basis), [basis]);
  const proposal = useMemo(() => proposalOf(basis, tried, library), [basis, tried, library]);
  const current = useMemo(
    () => outlookOf(basis, planned, horizonMinutes, economics),
    [basis, planned, horizonMinutes, economics],
  );
  const proposed = useMemo(
    () => proposal.plan && outlookOf(basis, proposal.plan, horizonMinutes, economics),
    [basis, proposal, horizonMinutes, economics],
  );
  const swept = proposal.plan ?? planned;
  const sweptKey = keyWithoutSpeed(swept);
  const airK = Math.round(basis.start.nodes.air);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sweep changes with all of the plan but its speed, which the key says
  const sweep = useMemo(() => sweepSpeeds(swept, economics, airK), [sweptKey, economics, airK]);
  const times = useMemo(() => sampleTimes(horizonMinutes), [horizonMinutes]);
  return { times, current, proposed, proposal, sweep, isCatchingUp: tried !== draft };
}

function keyWithoutSpeed({ parameters, tool, material }: JobPlan): string {
  const { cuttingSpeed: _, rpm: __, ...rest } = parameters;
  return JSON.stringify([rest, tool, material]);
}
