import {
  type MachineSnapshot,
  type MachineState,
  restoreMachine,
  snapshotMachine,
} from '#domain/machining/machine-state.js';
import { simulate } from '#domain/machining/simulate.js';
import { step } from '#domain/machining/step.js';
import { bytesPerCall, collectGarbage } from './allocation.js';
import { type Bench, type Figures, median, quantile, round2 } from './bench.js';
import { cpuMs } from './cpu-time.js';
import { latheInTheCut, mixedFleet, TICK_S } from './fleet.js';
import { differenceOf, type PlainLathe, plainLatheOf, plainTick } from './object-per-tick.js';

const ROUNDS = 9;
/** Ticks of one lathe in a round: 5.5 hours of its time. */
const TICKS = 200_000;
const FLEET = 1000;
/** Ticks of every lathe of the fleet in a round. */
const FLEET_TICKS = 100;
const FLEET_HZ = 10;
const SHIFT_MINUTES = 480;

/** Physics alone: no stream, no store, no rules. */
export const physicsBench: Bench = {
  about: `the tick of a lathe, ${ROUNDS} rounds of each; medians of CPU time`,
  async run(say) {
    const one = snapshotMachine(latheInTheCut());
    const fleet = mixedFleet(FLEET);
    checkPeer(one);
    const rounds = { step: [] as number[], peer: [] as number[], fleet: [] as number[], shift: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const figures = {
        step: timeSteps(restoreMachine(one)),
        peer: timePeer(plainLatheOf(restoreMachine(one))),
        fleet: timeFleet(fleet),
        shift: timeShift(),
      };
      say(
        `${round === 0 ? 'warm-up' : `round ${round}`}: ${figures.step.toFixed(0)} ns a tick, ` +
          `an object per tick ${figures.peer.toFixed(0)} ns, ${FLEET} lathes ${figures.fleet.toFixed(0)} ns, ` +
          `a shift ${figures.shift.toFixed(0)} ms`,
      );
      if (round === 0) continue;
      for (const name of Object.keys(rounds) as (keyof typeof rounds)[]) rounds[name].push(figures[name]);
    }
    return figuresOf(rounds, stepBytes(one), fleetBytes(fleet), peerBytes(one));
  },
};

function figuresOf(
  rounds: Record<'step' | 'peer' | 'fleet' | 'shift', number[]>,
  stepBytes: number,
  fleetBytes: number,
  peerBytes: number,
): Figures {
  const ns = (values: number[]) => ({
    'CPU ns per tick': Math.round(median(values)),
    'slowest round, ns': Math.round(quantile(values, 1)),
    'ticks per s': Math.round(1e9 / median(values)),
  });
  const share = (median(rounds.fleet) * FLEET * FLEET_HZ) / 1e7;
  return {
    'one lathe in the cut': { ...ns(rounds.step), 'bytes per tick': round2(stepBytes) },
    'an object per tick (peer)': {
      ...ns(rounds.peer),
      'bytes per tick': round2(peerBytes),
      'times the time of step()': round2(median(rounds.peer) / median(rounds.step)),
    },
    [`${FLEET} lathes with jobs of their own`]: {
      ...ns(rounds.fleet),
      'bytes per tick': round2(fleetBytes),
      [`% of a core at ${FLEET_HZ} Hz`]: round2(share),
    },
    'a shift of 8 h in steps of 1 s': { 'CPU ms in all': round2(median(rounds.shift)) },
  };
}

/** The peer must say the same as `step` does, or its time would mean nothing. */
function checkPeer(snapshot: MachineSnapshot): void {
  const state = restoreMachine(snapshot);
  let lathe = plainLatheOf(state);
  for (let tick = 0; tick < 2000; tick++) {
    const next = plainTick(lathe, TICK_S);
    lathe = next.lathe;
    step(state, TICK_S);
    const difference = Math.max(differenceOf(next.truth, state.truth), differenceOf(next.measured, state.measured));
    if (!(difference < 1e-9)) throw new Error(`the peer differs by ${difference} in tick ${tick}`);
  }
}

function timeSteps(state: MachineState): number {
  const start = cpuMs();
  for (let tick = 0; tick < TICKS; tick++) step(state, TICK_S);
  const ns = ((cpuMs() - start) * 1e6) / TICKS;
  if (state.job?.status !== 'running') throw new Error('the tool has not lasted');
  return ns;
}

function timePeer(first: PlainLathe): number {
  let lathe = first;
  const start = cpuMs();
  for (let tick = 0; tick < TICKS; tick++) lathe = plainTick(lathe, TICK_S).lathe;
  return ((cpuMs() - start) * 1e6) / TICKS;
}

/** In turn, so that each tick finds its lathe as cold in the caches as a server would. */
function timeFleet(snapshots: readonly MachineSnapshot[]): number {
  const fleet = snapshots.map(restoreMachine);
  collectGarbage();
  const start = cpuMs();
  for (let tick = 0; tick < FLEET_TICKS; tick++) for (const state of fleet) step(state, TICK_S);
  return ((cpuMs() - start) * 1e6) / (FLEET * FLEET_TICKS);
}

function timeShift(): number {
  const start = cpuMs();
  const { end, events } = simulate({
    jobType: 'turning',
    material: 'Alloy Steel 4140',
    parameters: { cuttingSpeed: 80 },
    minutes: SHIFT_MINUTES,
    dt: 1,
  });
  const ms = cpuMs() - start;
  if (events.at(-1)?.type !== 'jobCompleted' || end.partsDone < 1)
    throw new Error('the shift was not worked to its end');
  return ms;
}

function stepBytes(snapshot: MachineSnapshot): number {
  const state = restoreMachine(snapshot);
  return bytesPerCall(() => step(state, TICK_S), TICKS);
}

function fleetBytes(snapshots: readonly MachineSnapshot[]): number {
  const fleet = snapshots.map(restoreMachine);
  const tickAll = () => {
    for (const state of fleet) step(state, TICK_S);
  };
  return bytesPerCall(tickAll, 20) / FLEET;
}

function peerBytes(snapshot: MachineSnapshot): number {
  let lathe = plainLatheOf(restoreMachine(snapshot));
  const tick = () => {
    lathe = plainTick(lathe, TICK_S).lathe;
  };
  return bytesPerCall(tick, 500);
}
