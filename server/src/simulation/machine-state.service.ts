import { Injectable, Logger } from '@nestjs/common';
import { writeChannels } from '#domain/machining/channels.js';
import {
  createMachineState,
  type MachineState,
  relaxIdle,
  replaceTool,
  restoreMachine,
  snapshotMachine,
  type ToolState,
} from '#domain/machining/machine-state.js';
import { fnv1a32 } from '#domain/machining/random.js';
import { endJob } from '#domain/machining/step.js';
import { activeTool } from '#domain/machining/tool-state.js';
import { applyJudgement, type PredictionMemory } from '#domain/prediction/live-run.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { LathesService } from '../lathes/lathes.service.js';
import { CommandBus } from '../realtime-bus/command-bus.js';
import type { Checkpoint } from './checkpoint.js';
import { CheckpointStore } from './checkpoint-store.js';

interface RestingMachine {
  machine: MachineState;
  /** what a model has said last of its tool */
  prediction: PredictionMemory | null;
  /** time that `machine` has been brought to */
  atMs: number;
  /** time of its checkpoint as stored, null where there is none */
  storedAt: string | null;
  checkedAtMs: number;
}

/** How long a state between jobs is believed before somebody looks for a newer one. */
const CHECK_MS = 2000;

/** Machines between jobs: tools, heat and bearings as the last job left them, cooling since. */
@Injectable()
export class MachineStateService {
  private readonly logger = new Logger(MachineStateService.name);
  private readonly resting = new Map<string, RestingMachine>();
  private readonly unchecked = new Set<string>();
  private readonly values = new Float32Array(CHANNEL_COUNT);

  constructor(
    private readonly checkpoints: CheckpointStore,
    private readonly lathes: LathesService,
    private readonly commands: CommandBus,
  ) {}

  /** The machine of a lathe as it stood at the end of its last job, or a new one. */
  async machineOf(latheId: string, checkpoint: Checkpoint | null): Promise<MachineState> {
    const snapshot = checkpoint?.machine ?? (await this.lathes.loadMachine(latheId));
    return snapshot ? restoreMachine(snapshot) : newMachine(latheId);
  }

  /** The same with its job taken off the machine, which stands and cools since; as it is where it has none. */
  async atRest(latheId: string, checkpoint: Checkpoint, nowMs: number): Promise<Checkpoint> {
    const machine = await this.machineOf(latheId, checkpoint);
    if (!machine.job) return checkpoint;
    endJob(machine);
    relaxIdle(machine, Math.max(0, nowMs - checkpoint.atMs) / 1000);
    return { ...checkpoint, machine: snapshotMachine(machine), atMs: nowMs };
  }

  /** Brings the state of a lathe into this process, so that `idleChannels` can tell it. */
  async load(latheId: string): Promise<void> {
    const [storedAt = null] = await this.checkpoints.readTimes([latheId]);
    const checkpoint = await this.checkpoints.read(latheId);
    const machine = await this.machineOf(latheId, checkpoint);
    const now = Date.now();
    const prediction = checkpoint?.prediction ?? null;
    this.resting.set(latheId, { machine, prediction, atMs: checkpoint?.atMs ?? now, storedAt, checkedAtMs: now });
  }

  /**
   * Writes what the sensors of a lathe at rest show at `nowMs`.
   * @returns false while its state is still on its way into this process
   */
  idleChannels(latheId: string, nowMs: number, out: Float32Array): boolean {
    const rest = this.resting.get(latheId);
    if (!rest || nowMs - rest.checkedAtMs >= CHECK_MS) this.check(latheId, rest, nowMs);
    if (!rest) return false;
    const elapsedS = (nowMs - rest.atMs) / 1000;
    if (elapsedS > 0 && !rest.machine.job) {
      relaxIdle(rest.machine, elapsedS);
      rest.atMs = nowMs;
    }
    writeRest(rest.machine, rest.prediction, out);
    return true;
  }

  /** A tool of a lathe as the newest checkpoint knows it; undefined for one that the turret never held. */
  async toolOf(latheId: string, toolNo: number): Promise<ToolState | undefined> {
    const machine = await this.machineOf(latheId, await this.checkpoints.read(latheId));
    return machine.tools.find((tool) => tool.toolNo === toolNo);
  }

  /** Puts a new tool into the turret, at once where no job runs, else by command to its worker. */
  async replaceTool(latheId: string, toolNo: number): Promise<void> {
    for (;;) {
      const known = await this.checkpoints.read(latheId);
      if (known?.jobId) {
        await this.commands.send(latheId, { type: 'replaceTool', toolNo });
        return;
      }
      const machine = await this.machineOf(latheId, known);
      const nowMs = Date.now();
      if (known) relaxIdle(machine, Math.max(0, nowMs - known.atMs) / 1000);
      replaceTool(machine, toolNo);
      const kept = known?.machine.toolNo === toolNo ? null : (known?.prediction ?? null);
      const next = {
        ...(known ?? EMPTY_CHECKPOINT),
        machine: snapshotMachine(machine),
        atMs: nowMs,
        prediction: kept,
      };
      if (!(await this.checkpoints.replaceIdle(latheId, known, next))) continue;
      writeRest(machine, kept, this.values);
      const health = this.values[CHANNEL_INDEX.health] ?? null;
      const failureProbability = this.values[CHANNEL_INDEX.failureProbability] ?? null;
      await this.checkpoints.writeLive(latheId, { health, failureProbability, atMs: nowMs, jobId: null });
      return this.load(latheId);
    }
  }

  /** Asks whether newer states are stored, for all lathes of one moment together. */
  private check(latheId: string, rest: RestingMachine | undefined, nowMs: number): void {
    if (rest) rest.checkedAtMs = nowMs;
    if (this.unchecked.size === 0) setImmediate(() => void this.checkAll());
    this.unchecked.add(latheId);
  }

  private async checkAll(): Promise<void> {
    const latheIds = [...this.unchecked];
    this.unchecked.clear();
    try {
      const times = await this.checkpoints.readTimes(latheIds);
      for (const [i, latheId] of latheIds.entries()) {
        const rest = this.resting.get(latheId);
        if (!rest || rest.storedAt !== (times[i] ?? null)) await this.load(latheId);
      }
    } catch (error) {
      this.logger.debug(`Machine states cannot be read for now: ${(error as Error).message}`);
    }
  }
}

const EMPTY_CHECKPOINT: Omit<Checkpoint, 'machine' | 'atMs'> = {
  jobId: null,
  ended: null,
  t0Ms: 0,
  periodMs: 0,
  tick: 0,
  sampleNumber: 0,
  samplesBefore: 0,
  commandId: '0-0',
  alarms: null,
  proposals: [],
};

/** What the sensors of a machine at rest show; its risk is that of going on as before. */
function writeRest(machine: MachineState, prediction: PredictionMemory | null, out: Float32Array): void {
  writeChannels(machine, out);
  const judged = prediction?.judged;
  if (!judged) return;
  const { failureProbability, lifeUsed, remainingMin } = judged;
  applyJudgement(out, activeTool(machine).broken, failureProbability, lifeUsed, remainingMin);
}

function newMachine(latheId: string): MachineState {
  return createMachineState(fnv1a32(latheId), { timeOfDayS: (Date.now() / 1000) % 86_400 });
}
