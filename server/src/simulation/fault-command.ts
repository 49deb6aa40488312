import { Logger } from '@nestjs/common';
import type { InjectFaultDto } from '#domain/contract/machining.js';
import { MachiningInputError } from '#domain/machining/errors.js';
import { type FaultInjection, injectFault } from '#domain/machining/faults.js';
import type { MachineState } from '#domain/machining/machine-state.js';

const logger = new Logger('FaultCommand');

/** A fault request in minutes as the machine takes it in seconds. */
export function toFaultInjection(fault: InjectFaultDto): FaultInjection {
  const { type, severity, channel, afterMinutes, rampMinutes, forMinutes } = fault;
  return {
    type,
    severity,
    ...(channel === undefined ? {} : { channel }),
    ...(afterMinutes === undefined ? {} : { atS: afterMinutes * 60 }),
    ...(rampMinutes === undefined ? {} : { rampS: rampMinutes * 60 }),
    ...(forMinutes === undefined ? {} : { durationS: forMinutes * 60 }),
  };
}

/** Injects a fault that was checked when it was asked for; one that still does not fit must not stop the lathe. */
export function injectFaultCommand(machine: MachineState, fault: InjectFaultDto): void {
  try {
    injectFault(machine, toFaultInjection(fault));
  } catch (error) {
    if (!(error instanceof MachiningInputError)) throw error;
    logger.warn(`Fault ${fault.type} was refused: ${error.message}`);
  }
}
