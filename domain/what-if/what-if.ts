import type { WhatIfAnswer, WhatIfBasis, WhatIfDto } from '../contract/what-if.js';
import type { PlanLibrary } from '../machining/plan.js';
import { economicsWith } from './economics.js';
import { outlookOf, sampleTimes } from './outlook.js';
import { currentPlan, proposedPlan } from './proposal.js';
import { sweepSpeeds } from './speed-sweep.js';

/** What follows from a basis alone; the server adds which lathe and job it was and when. */
export type WhatIfResult = Omit<WhatIfAnswer, 'latheId' | 'jobId' | 'at'>;

/**
 * The running job as it is planned and as it would be with changes, over the horizon and per part, and the best speeds for
 * the changed job.
 * @param library - the shop's tools and materials; default: those of this package
 * @throws MachiningInputError with one entry per bad field
 */
export function whatIf(basis: WhatIfBasis, question: WhatIfDto, library: PlanLibrary = {}): WhatIfResult {
  const { horizonMinutes } = question;
  const economics = economicsWith(question.economics);
  const proposal = proposedPlan(basis, question, library);
  return {
    horizonMinutes,
    economics: { ...economics, costPerEdge: { ...economics.costPerEdge } },
    t: sampleTimes(horizonMinutes),
    current: outlookOf(basis, currentPlan(basis), horizonMinutes, economics),
    proposed: outlookOf(basis, proposal, horizonMinutes, economics),
    sweep: sweepSpeeds(proposal, economics, basis.start.nodes.air),
    basis,
  };
}
