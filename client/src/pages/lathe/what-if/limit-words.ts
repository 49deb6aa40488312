import type { LimitName, Optimum } from '#domain/contract/what-if.js';

/** What is in the way, as the end of a sentence. */
export const LIMIT_WORDS: Record<LimitName, string> = {
  spindleSpeed: 'highest spindle speed',
  feedRate: 'highest feed rate',
  torque: 'torque of the drive',
  power: 'power of the drive',
  continuousPower: 'what the drive bears without end',
  cuttingForce: 'force that the tool bears',
  chatter: 'chatter',
  edgeTemperature: 'heat that the edge bears',
  materialTemperature: 'heat that the work bears',
};

/** Why an optimum is where it is. */
export function boundWords({ boundBy }: Optimum): string {
  if (boundBy === null) return 'no limit in the way';
  if (boundBy === 'calibratedRange') return 'end of what the model is good for';
  return `held by: ${LIMIT_WORDS[boundBy]}`;
}
