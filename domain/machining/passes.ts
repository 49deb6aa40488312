import { boringPass } from './boring.js';
import { drillingPass } from './drilling.js';
import { facingPass } from './facing.js';
import { knurlingPass } from './knurling.js';
import type { Pass } from './pass.js';
import type { JobPlan } from './plan.js';
import { threadingPass } from './threading.js';
import { turningPass } from './turning.js';

/** Pass `number` (1-based) of a workpiece of this plan. */
export function planPass(plan: Pick<JobPlan, 'cut' | 'tool' | 'material'>, number: number): Pass {
  const { cut, tool, material } = plan;
  switch (cut.jobType) {
    case 'turning':
      return turningPass(cut, tool, number);
    case 'facing':
      return facingPass(cut, tool);
    case 'boring':
      return boringPass(cut, tool, number);
    case 'drilling':
      return drillingPass(cut, tool);
    case 'threading':
      return threadingPass(cut, number);
    case 'knurling':
      return knurlingPass(cut, material.hardness, number);
  }
}

/** Passes that the tool makes on a workpiece: knurling plunges and travels. */
export function passCount(plan: Pick<JobPlan, 'cut' | 'passes'>): number {
  return plan.cut.jobType === 'knurling' ? 2 : plan.passes;
}

/** Every pass over a workpiece, in order. */
export function passesOf(plan: JobPlan): Pass[] {
  return Array.from({ length: passCount(plan) }, (_, i) => planPass(plan, i + 1));
}
