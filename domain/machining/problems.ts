import type { PlanWarning } from '../contract/machining.js';
import { type MachiningErrorCode, type MachiningFieldError, MachiningInputError } from './errors.js';

/** Allowed range of a number, both ends included. */
export interface Range {
  min: number;
  max: number;
  unit: string;
  /** code of a value outside; default out_of_range */
  code?: MachiningErrorCode;
  integer?: boolean;
}

/** Runs `act`; what it refuses is named by its place in the request around it. */
export function under<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof MachiningInputError)) throw error;
    throw new MachiningInputError(error.errors.map((fault) => ({ ...fault, path: `${place}.${fault.path}` })));
  }
}

/** Collects what is wrong with a request, so that its author learns all of it at once. */
export class Problems {
  readonly errors: MachiningFieldError[] = [];
  readonly warnings: PlanWarning[] = [];

  error(code: MachiningErrorCode, path: string, message: string): void {
    this.errors.push({ code, path, message });
  }

  warn(code: string, field: string, message: string): void {
    this.warnings.push({ code, field, message });
  }

  /** Whether `value` is a number within `range`; notes the fault where it is not. */
  isInRange(path: string, value: unknown, range: Range): value is number {
    const unit = range.unit ? ` ${range.unit}` : '';
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      this.error('not_a_number', path, `${path} is ${describe(value)}: expected a number ${span(range)}${unit}`);
      return false;
    }
    if (value < range.min || value > range.max || (range.integer && !Number.isInteger(value))) {
      const whole = range.integer ? ', whole' : '';
      this.error(
        range.code ?? 'out_of_range',
        path,
        `${path} is ${value}${unit}: expected ${span(range)}${unit}${whole}`,
      );
      return false;
    }
    return true;
  }

  /** @throws MachiningInputError if anything was wrong so far */
  throwIfAny(): void {
    if (this.errors.length > 0) throw new MachiningInputError(this.errors);
  }
}

const span = (range: Range): string => `${range.min} to ${range.max}`;

function describe(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  return value === undefined ? 'missing' : `a ${typeof value}`;
}

/** Throws unless `value` is a number within `range`. @throws MachiningInputError */
export function requireInRange(path: string, value: unknown, range: Range): asserts value is number {
  const problems = new Problems();
  problems.isInRange(path, value, range);
  problems.throwIfAny();
}

export const SEED_RANGE: Range = { min: 0, max: 4_294_967_295, unit: '', integer: true };
export const AIR_RANGE: Range = { min: 253, max: 323, unit: 'K' };
export const WEAR_RANGE: Range = { min: 0, max: 0.6, unit: 'mm' };
export const TICK_RANGE: Range = { min: 0.01, max: 10, unit: 's' };
