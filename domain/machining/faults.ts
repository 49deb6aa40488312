import type { MachineState } from './machine-state.js';

/** A fault to inject; times in s of machine time. */
export interface FaultInjection {
  /** one of FAULT_TYPES */
  type: string;
  /** 0..1 */
  severity: number;
  /** of a sensor fault; default `vibration` */
  channel?: string;
  /** delay from now; default 0 */
  atS?: number;
  /** time to full severity; default: what the type has */
  rampS?: number;
  /** how long it lasts from its start; default: until ended (overload 20 s) */
  durationS?: number;
}

/**
 * Injects a fault; several may overlap.
 * @returns id for `endFault`
 * @throws MachiningInputError `fault_unknown`, `out_of_range`
 */
export declare function injectFault(state: MachineState, fault: FaultInjection): number;

/** Ends a fault; what it has worn or broken stays so. @returns false where there is no such fault */
export declare function endFault(state: MachineState, id: number): boolean;
