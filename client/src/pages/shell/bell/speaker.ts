import { createStore } from 'zustand/vanilla';
import { toneOf } from './tones';

const MUTED_KEY = 'byte-astra.alarm-sound-muted';
const LOUDNESS = 0.22;
/** A pulse swells and fades over this, s: a hard edge would click. */
const EDGE_S = 0.012;

/** `muted` is somebody's wish, kept by this browser. `audible`: the browser lets the page sound; not before it was touched. */
export const speakerStore = createStore<{ muted: boolean; audible: boolean }>()(() => ({
  muted: localStorage.getItem(MUTED_KEY) === 'true',
  audible: false,
}));

let context: AudioContext | undefined;

export function setMuted(muted: boolean): void {
  localStorage.setItem(MUTED_KEY, String(muted));
  speakerStore.setState({ muted });
}

/** Lets the page sound. Browsers allow it once somebody has pressed something; before, it changes nothing. */
export async function openSpeaker(): Promise<void> {
  if (!context) {
    context = new AudioContext();
    context.onstatechange = () => speakerStore.setState({ audible: context?.state === 'running' });
  }
  await context.resume().catch(() => {});
  speakerStore.setState({ audible: context.state === 'running' });
}

/** Opens the speaker as soon as the browser allows it. @returns stops waiting for that */
export function openSpeakerAtFirstTouch(): () => void {
  if (navigator.userActivation?.hasBeenActive) void openSpeaker();
  const touched = () => {
    void openSpeaker();
    stop();
  };
  const stop = () => {
    window.removeEventListener('pointerdown', touched, { capture: true });
    window.removeEventListener('keydown', touched, { capture: true });
  };
  window.addEventListener('pointerdown', touched, { capture: true });
  window.addEventListener('keydown', touched, { capture: true });
  return stop;
}

/** Sounds the tone of a priority once. */
export function soundTone(priority: number): void {
  if (context?.state !== 'running') return;
  const startS = context.currentTime + 0.03;
  for (const { atS, forS, hz } of toneOf(priority).pulses) {
    const from = startS + atS;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + EDGE_S);
    gain.gain.setValueAtTime(LOUDNESS, from + forS - EDGE_S);
    gain.gain.linearRampToValueAtTime(0, from + forS);
    gain.connect(context.destination);
    const pulse = context.createOscillator();
    pulse.type = 'triangle';
    pulse.frequency.value = hz;
    pulse.connect(gain);
    pulse.start(from);
    pulse.stop(from + forS);
  }
}
