import type { AlertDto } from '#domain/contract/alert.js';
import type { LatheDto } from '#domain/contract/lathe.js';

/** Chance of a failure within 10 min from which a lathe is worth a look. */
const RISK_WORTH_A_LOOK = 0.3;

/** Why somebody should look at a lathe, in sentences; empty where nobody needs to. `worst` is its most urgent active alert. */
export function attentionOf(lathe: LatheDto, worst: AlertDto | undefined): string[] {
  const reasons: string[] = [];
  if (lathe.locked) reasons.push('Locked by a critical stop: record maintenance to release it.');
  if (lathe.status === 'offline') reasons.push('Nothing is heard of it.');
  if (worst) reasons.push(`${worst.message.replace(/\.$/, '')}.`);
  if (lathe.healthBand === 'poor' || lathe.healthBand === 'critical') {
    reasons.push('Its health is low: plan a tool change or an inspection.');
  }
  if ((lathe.failureProbability ?? 0) >= RISK_WORTH_A_LOOK)
    reasons.push('A failure within 10 minutes is likely enough to act.');
  return reasons;
}
