import { createStreams, nextUniform } from '#domain/machining/random.js';

/** Draws from one stream: the same seed gives the same history. */
export class Chance {
  private readonly streams: Int32Array;

  constructor(seed: number) {
    this.streams = createStreams(seed);
  }

  share(): number {
    return nextUniform(this.streams, 0);
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.share();
  }

  is(probability: number): boolean {
    return this.share() < probability;
  }

  oneOf<T>(options: readonly T[]): T {
    return options[Math.floor(this.share() * options.length)]!;
  }
}
