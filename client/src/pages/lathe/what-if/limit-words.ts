import type { LimitName, Optimum, Outlook } from '#domain/contract/what-if.js';
import { minutesWords } from '../../../widgets/words';

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

const STOPS: Partial<Record<string, string>> = {
  toolBroken: 'The edge gives way',
  overloadTrip: 'The drive stalls and gives up',
  thermalTrip: 'The drive or the spindle overheats and trips',
};

/** What ends the machining before the end of the horizon; undefined where nothing does. */
export function stopWords({ events }: Outlook): string | undefined {
  const stop = events.find(({ type }) => STOPS[type]);
  return stop && `${STOPS[stop.type]} after ${minutesWords(stop.atMinute)} of machining; the lathe then stands.`;
}

/** Whether the drive cannot cut the plan at all. */
export function stalls({ events }: Outlook): boolean {
  return events.some(({ type }) => type === 'overloadTrip');
}
