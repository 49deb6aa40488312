/** Steps that people read with ease, as multiples of a power of ten. */
const NICE = [1, 2, 2.5, 5, 10] as const;

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `step` (above 0). */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const multiple = NICE.find((nice) => nice * power >= step * (1 - 1e-9)) ?? 10;
  return multiple * power;
}

/** Multiples of `step` from `min` to `max`, both included, free of the error that adding up steps would gather. */
export function multiplesOf(step: number, min: number, max: number): number[] {
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tidy((first + i) * step));
}

/** The same number without the last digits, which the binary steps leave behind. */
const tidy = (value: number): number => Number(value.toPrecision(12));
