import type { InjectFaultDto } from '#domain/contract/machining.js';
import { type MachiningFieldError, MachiningInputError } from '#domain/machining/errors.js';
import { type FaultInjection, injectFault } from '#domain/machining/faults.js';
import { createMachineState } from '#domain/machining/machine-state.js';

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

const REQUEST_NAMES: Readonly<Record<string, string>> = {
  atS: 'afterMinutes',
  rampS: 'rampMinutes',
  durationS: 'forMinutes',
};

/** Refuses what a machine would refuse. @throws MachiningInputError that names the fields of the request */
export function assertInjectable(fault: InjectFaultDto): void {
  try {
    injectFault(createMachineState(0), toFaultInjection(fault));
  } catch (error) {
    if (!(error instanceof MachiningInputError)) throw error;
    throw new MachiningInputError(error.errors.map((each) => inMinutes(each, fault)));
  }
}

function inMinutes(error: MachiningFieldError, fault: InjectFaultDto): MachiningFieldError {
  const path = REQUEST_NAMES[error.path];
  if (!path) return error;
  const value = fault[path as keyof InjectFaultDto];
  return { ...error, path, message: `${path} is ${value} min: expected 0 to 100000 min, an end after its start` };
}
