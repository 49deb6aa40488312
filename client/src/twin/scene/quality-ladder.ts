/** Rungs from best to cheapest. */
export interface Rung {
  pixelRatio: number;
  /** share of the full number of chips and drops */
  particles: number;
  /** most drawn frames per second while something moves */
  framesPerSecond: number;
}

export type Tier = 'high' | 'software';

const HIGH: readonly Rung[] = [
  { pixelRatio: 2, particles: 1, framesPerSecond: 60 },
  { pixelRatio: 1.5, particles: 1, framesPerSecond: 60 },
  { pixelRatio: 1.25, particles: 0.75, framesPerSecond: 60 },
  { pixelRatio: 1, particles: 0.5, framesPerSecond: 60 },
  { pixelRatio: 0.75, particles: 0.35, framesPerSecond: 30 },
];
const SOFTWARE: readonly Rung[] = [
  { pixelRatio: 0.75, particles: 0.35, framesPerSecond: 10 },
  { pixelRatio: 0.6, particles: 0.2, framesPerSecond: 8 },
  { pixelRatio: 0.5, particles: 0.1, framesPerSecond: 6 },
];

/** Frames averaged before a verdict. */
const SAMPLE = 40;
const MOST_CHANGES = 6;

/** Renderers that draw on the processor. */
export function tierOf(renderer: string): Tier {
  return /swiftshader|llvmpipe|basic render|software/i.test(renderer) ? 'software' : 'high';
}

/**
 * Steps quality down while frames take too long and up while there is much to spare; after a few changes it stays where
 * it is, so that the picture does not flicker between two rungs.
 */
export class QualityLadder {
  private readonly rungs: readonly Rung[];
  private at = 0;
  private spentMs = 0;
  private samples = 0;
  private changes = 0;

  constructor(readonly tier: Tier) {
    this.rungs = tier === 'software' ? SOFTWARE : HIGH;
  }

  get rung(): Rung {
    return this.rungs[this.at] as Rung;
  }

  /** @param frameMs - time one frame took, ms. @returns whether the rung changed */
  note(frameMs: number): boolean {
    this.spentMs += frameMs;
    if (++this.samples < SAMPLE) return false;
    const mean = this.spentMs / this.samples;
    this.samples = 0;
    this.spentMs = 0;
    if (this.changes >= MOST_CHANGES) return false;
    const budget = 1000 / this.rung.framesPerSecond;
    const next = mean > budget * 1.6 ? this.at + 1 : mean < budget * 0.45 ? this.at - 1 : this.at;
    if (next === this.at || next < 0 || next >= this.rungs.length) return false;
    this.at = next;
    this.changes++;
    return true;
  }
}
