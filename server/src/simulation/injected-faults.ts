import { Logger } from '@nestjs/common';
import { MachiningInputError } from '#domain/machining/errors.js';
import { closeRecord, type FaultRecord, followFaults, recordOf } from '#domain/machining/fault-log.js';
import { endFault, injectFault, severityAt } from '#domain/machining/faults.js';
import type { MachineState } from '#domain/machining/machine-state.js';
import { CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import type { FaultLabel, Injected } from '#domain/telemetry/injected.js';
import type { LatheCommand } from '../realtime-bus/command-bus.js';
import { toFaultInjection } from './fault-command.js';

/** Records of a job beyond these forget the oldest fault that is over. */
const MOST_RECORDS = 200;

type FaultCommand = Extract<LatheCommand, { type: 'fault' }>;

/** The faults that were injected into one run: takes them up, follows them, and says of each sample which of them acted. */
export class InjectedFaults {
  private readonly logger = new Logger(InjectedFaults.name);
  private readonly records: FaultRecord[];

  constructor(
    private readonly machine: MachineState,
    records: readonly FaultRecord[] = [],
  ) {
    this.records = records.map((record) => ({ ...record }));
  }

  get isActing(): boolean {
    return this.machine.faults.some((fault) => fault.started);
  }

  /** Takes up a fault that was checked when it was asked for; one that still does not fit must not stop the lathe. */
  inject(commandId: string, { fault, by }: FaultCommand): void {
    try {
      const machineFaultId = injectFault(this.machine, toFaultInjection(fault));
      const active = this.machine.faults.find(({ id }) => id === machineFaultId);
      const requestedAtMs = Number(commandId.split('-')[0]);
      if (active) {
        this.records.push(recordOf(active, this.machine.clockS, { id: commandId, by: by ?? 'unknown', requestedAtMs }));
      }
      this.forgetOldest();
    } catch (error) {
      if (!(error instanceof MachiningInputError)) throw error;
      this.logger.warn(`Fault ${fault.type} was refused: ${error.message}`);
    }
  }

  /** Ends a fault at once; without effect on one that is over or was never taken up. */
  end(faultId: string, by: string, atMs: number): void {
    const record = this.records.find(({ id }) => id === faultId);
    if (!record || record.endedAtMs !== null) return;
    if (record.machineFaultId !== null) endFault(this.machine, record.machineFaultId);
    closeRecord(record, atMs, by);
  }

  /** Notes what the tick of `atMs` has started and ended. */
  follow(atMs: number): void {
    if (this.records.length > 0) followFaults(this.records, this.machine, atMs);
  }

  /** Ends all of them with their job. */
  close(atMs: number): void {
    for (const record of this.records) closeRecord(record, atMs, 'job');
  }

  /** A copy for the checkpoint and the job. */
  list(): FaultRecord[] {
    return this.records.map((record) => ({ ...record }));
  }

  /** What was done to the machine's present reading; undefined where no fault acts. */
  present(): Injected | undefined {
    if (!this.isActing) return undefined;
    const { machine } = this;
    const faults: FaultLabel[] = [];
    const truth: Injected['truth'] = {};
    for (const record of this.records) {
      const fault = machine.faults.find(({ id }) => id === record.machineFaultId);
      if (!fault?.started) continue;
      const { id, type, channel } = record;
      faults.push({ id, type, severity: severityAt(fault, machine.clockS), ...(channel ? { channel } : {}) });
      if (channel) truth[channel] = asStored(machine.truth[CHANNEL_INDEX[channel]]);
    }
    return { faults, truth };
  }

  private forgetOldest(): void {
    if (this.records.length <= MOST_RECORDS) return;
    const oldest = this.records.findIndex((record) => record.endedAtMs !== null);
    if (oldest >= 0) this.records.splice(oldest, 1);
  }
}

/** As precise as the readings that it stands beside; null = unknown. */
function asStored(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Math.fround(value);
}
