/** One sound of a tone: when it begins after the first, how long it lasts, s, and how high it is, Hz. */
export interface Pulse {
  atS: number;
  forS: number;
  hz: number;
}

export interface Tone {
  pulses: readonly Pulse[];
  /** s from one beginning to the next while somebody is waited for; 0: sounds once */
  repeatS: number;
}

/** A tone per priority: the more urgent, the more pulses, the higher and the sooner again. Told apart without looking. */
export const TONES: readonly [Tone, Tone, Tone, Tone] = [
  { pulses: steps([988, 784, 988, 784, 988], 0.12, 0.06), repeatS: 4 },
  { pulses: steps([659, 784, 880], 0.16, 0.09), repeatS: 8 },
  { pulses: steps([587, 494], 0.22, 0.12), repeatS: 16 },
  { pulses: steps([392], 0.3, 0), repeatS: 0 },
];

/** @param priority - 1 to 4 */
export function toneOf(priority: number): Tone {
  return TONES[priority - 1] ?? TONES[3];
}

function steps(hz: readonly number[], forS: number, pauseS: number): Pulse[] {
  return hz.map((pitch, i) => ({ atS: i * (forS + pauseS), forS, hz: pitch }));
}
