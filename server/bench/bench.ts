export type Figures = Record<string, Record<string, number | string>>;

export interface Bench {
  about: string;
  run(say: (line: string) => void): Promise<Figures>;
}

export interface BenchResult {
  at: string;
  cpu: string;
  node: string;
  figures: Figures;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest-rank quantile of a sample; NaN of an empty one. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export const round2 = (value: number): number => Math.round(value * 100) / 100;
