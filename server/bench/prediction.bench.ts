import { join } from 'node:path';
import brain from 'brain.js';
import { type MachineState, restoreMachine } from '#domain/machining/machine-state.js';
import { step } from '#domain/machining/step.js';
import { activeTool } from '#domain/machining/tool-state.js';
import { FlatNet } from '#domain/prediction/flat-net.js';
import { LiveModel } from '#domain/prediction/live-model.js';
import { predictionReport } from '#domain/prediction/live-report.js';
import { RunPrediction } from '#domain/prediction/live-run.js';
import { randomSource } from '#domain/prediction/random-source.js';
import { CHANNELS } from '#domain/telemetry/channels.js';
import type { ActiveModel } from '../src/prediction/active-model.js';
import { TickInference } from '../src/prediction/tick-inference.js';
import { type LoadedModel, readModelFolder } from '../src/training/model-folder.js';
import { type Bench, type Figures, median, quantile, round2 } from './bench.js';
import { cpuMs } from './cpu-time.js';
import { mixedFleet, TICK_S } from './fleet.js';

const ROUNDS = 9;
/** Rows that a net reads in a round, again and again. */
const ROWS = 1024;
const REPEATS = 80;
const FLEET = 1000;
const FLEET_HZ = 10;
/** Ticks of every lathe in a round, and after how many of them the model is swapped. */
const FLEET_TICKS = 100;
const SWAP_EVERY = 20;
/** Ticks before the first round, in which lathes come to cut long enough to be judged. */
const RUN_IN_TICKS = 1200;

type BrainNet = InstanceType<typeof brain.NeuralNetwork<number[], number[]>>;
type Rounds = Record<'peer' | 'single' | 'batch' | 'judge' | 'observe' | 'swap', number[]>;

/** Kernel, explanation and the judging of a fleet, with the models that the product ships. */
export const predictionBench: Bench = {
  about: `nets beside brain.js, explanations, ${FLEET} lathes; ${ROUNDS} rounds, medians of CPU time`,
  async run(say) {
    const figures: Figures = {};
    for (const name of ['lathe', 'ai4i']) Object.assign(figures, netFigures(name, say));
    return Object.assign(figures, fleetFigures(say));
  },
};

function shipped(name: string): LoadedModel {
  return readModelFolder(join(process.cwd(), 'models', name, '1'));
}

/** The first net of a model on flat arrays and in brain.js, in turn within each round. */
function netFigures(name: string, say: (line: string) => void): Figures {
  const { model, weights } = shipped(name);
  const { layers } = weights.nets[0]!;
  const flat = new FlatNet(model.sizes[0]!, layers);
  const net = brainNet(model.sizes, layers);
  const random = randomSource(1, name);
  const rows = Array.from({ length: ROWS }, () => Array.from({ length: flat.inputSize }, () => 4 * random() - 2));
  const all = Float64Array.from(rows.flat());
  const out = new Float64Array(ROWS * flat.outputSize);
  const difference = farthestApart(net, flat, rows, all, out);
  if (!(difference < 1e-6)) throw new Error(`${name}: the kernel differs from brain.js by ${difference}`);
  const times: Pick<Rounds, 'peer' | 'single' | 'batch'> = { peer: [], single: [], batch: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const peer = nsPerRow(() => {
      for (const row of rows) net.run(row);
    });
    const single = nsPerRow(() => {
      for (const row of rows) flat.run(row);
    });
    const batch = nsPerRow(() => flat.runBatch(all, ROWS, out));
    say(
      `${name}, ${round === 0 ? 'warm-up' : `round ${round}`}: brain.js ${peer.toFixed(0)} ns a row, ` +
        `row by row ${single.toFixed(0)}, in batches ${batch.toFixed(0)}`,
    );
    if (round === 0) continue;
    times.peer.push(peer);
    times.single.push(single);
    times.batch.push(batch);
  }
  const timesOf = (faster: readonly number[]) => round2(median(times.peer.map((ns, i) => ns / faster[i]!)));
  const ns = (values: readonly number[]) => ({ 'CPU ns per row': Math.round(median(values)) });
  return {
    [`${name} ${model.sizes.join('-')}, brain.js (peer)`]: ns(times.peer),
    [`${name}, row by row`]: { ...ns(times.single), ...atLeast(1.6, 'times as fast', timesOf(times.single)) },
    [`${name}, in batches`]: { ...ns(times.batch), ...atLeast(3.5, 'times as fast', timesOf(times.batch)) },
  };
}

function brainNet(sizes: readonly number[], layers: LoadedModel['weights']['nets'][number]['layers']): BrainNet {
  const net = new brain.NeuralNetwork<number[], number[]>();
  net.fromJSON({
    ...new brain.NeuralNetwork({ inputSize: 1, outputSize: 1 }).toJSON(),
    sizes: [...sizes],
    layers: [
      { weights: [], biases: [] },
      ...layers.map(({ weights, biases }) => ({
        weights: weights.map((row) => Array.from(row)),
        biases: Array.from(biases),
      })),
    ],
  });
  return net;
}

/** Largest difference to brain.js over all outputs of all rows, by both ways of the kernel. */
function farthestApart(net: BrainNet, flat: FlatNet, rows: readonly number[][], all: Float64Array, out: Float64Array) {
  flat.runBatch(all, rows.length, out);
  let farthest = 0;
  for (const [i, row] of rows.entries()) {
    const single = flat.run(row);
    for (const [k, wanted] of Array.from(net.run(row)).entries()) {
      const batch = out[i * flat.outputSize + k]!;
      farthest = Math.max(farthest, Math.abs(single[k]! - wanted), Math.abs(batch - wanted));
    }
  }
  return farthest;
}

function nsPerRow(readAll: () => void): number {
  const start = cpuMs();
  for (let repeat = 0; repeat < REPEATS; repeat++) readAll();
  return ((cpuMs() - start) * 1e6) / (REPEATS * ROWS);
}

interface Judged {
  machine: MachineState;
  prediction: RunPrediction;
}

/** A fleet that is judged in every tick while two models take turns, and reports on each of its lathes. */
function fleetFigures(say: (line: string) => void): Figures {
  const { name, version, model, weights } = shipped('lathe');
  const build = (label: string) => new LiveModel(name, label, model, weights);
  const active = { current: build(version) };
  const inference = new TickInference(active as Partial<ActiveModel> as ActiveModel);
  const channels = new Float32Array(CHANNELS.length);
  const runs: Judged[] = mixedFleet(FLEET).map((snapshot) => {
    const machine = restoreMachine(snapshot);
    return { machine, prediction: new RunPrediction(machine.job!.plan) };
  });
  for (let tick = 0; tick < RUN_IN_TICKS; tick++) for (const run of runs) cut(run);
  const ready = runs.filter(({ prediction }) => prediction.isReady);
  say(`${ready.length} of ${FLEET} lathes have cut long enough to be judged`);
  const rounds: Pick<Rounds, 'judge' | 'observe' | 'swap'> = { judge: [], observe: [], swap: [] };
  let lost = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    let observing = 0;
    let judging = 0;
    for (let tick = 0; tick < FLEET_TICKS; tick++) {
      for (const { machine } of runs) step(machine, TICK_S);
      if (tick % SWAP_EVERY === 0) {
        const start = cpuMs();
        active.current = build(`${version}, ${round}-${tick}`);
        rounds.swap.push(cpuMs() - start);
      }
      const start = cpuMs();
      for (const { machine, prediction } of runs) prediction.observe(machine.measured, TICK_S);
      const between = cpuMs();
      inference.judge(runs);
      for (const { machine, prediction } of runs) {
        channels.set(machine.measured);
        prediction.apply(channels, activeTool(machine).broken);
      }
      judging += cpuMs() - between;
      observing += between - start;
      for (const { prediction } of runs) if (prediction.isReady && prediction.judge !== active.current) lost++;
    }
    const perTick = (ms: number) => (ms * 1e6) / (FLEET * FLEET_TICKS);
    say(
      `fleet, ${round === 0 ? 'warm-up' : `round ${round}`}: ${perTick(observing).toFixed(0)} ns to observe, ` +
        `${perTick(judging).toFixed(0)} ns to judge a tick`,
    );
    if (round === 0) continue;
    rounds.observe.push(perTick(observing));
    rounds.judge.push(perTick(judging));
  }
  const share = (ns: readonly number[]) => round2((median(ns) * FLEET * FLEET_HZ) / 1e7);
  const both = rounds.observe.map((ns, i) => ns + rounds.judge[i]!);
  const percent = `% of a core at ${FLEET_HZ} Hz`;
  return {
    [`${FLEET} lathes, features and anomalies`]: {
      'CPU ns per tick': Math.round(median(rounds.observe)),
      [percent]: share(rounds.observe),
    },
    [`${FLEET} lathes, risk, life and health`]: {
      'CPU ns per tick': Math.round(median(rounds.judge)),
      [percent]: share(rounds.judge),
    },
    [`${FLEET} lathes, all of it`]: atMost(5, percent, share(both)),
    'a swap of the model': {
      'CPU ms, median': round2(median(rounds.swap)),
      'CPU ms, longest': round2(quantile(rounds.swap, 1)),
      ...atMost(0, 'ticks lost', lost),
    },
    'a report with reasons': reportFigures(ready, build(version)),
  };
}

function cut({ machine, prediction }: Judged): void {
  step(machine, TICK_S);
  prediction.observe(machine.measured, TICK_S);
}

/** Time by the clock, for a person waits for it. */
function reportFigures(runs: readonly Judged[], model: LiveModel): Figures[string] {
  const times: number[] = [];
  for (const { machine, prediction } of runs) {
    const memory = prediction.memory();
    const start = performance.now();
    const { explanation, base, failureProbability, model: by } = predictionReport(machine, memory, model);
    const ms = performance.now() - start;
    if (by.kind !== 'trained') continue; // a broken tool needs no model
    const sum = explanation.reduce((whole, { contribution }) => whole + contribution, base);
    if (!(Math.abs(sum - failureProbability) < 1e-6)) throw new Error(`reasons differ by ${sum - failureProbability}`);
    times.push(ms);
  }
  return {
    reports: times.length,
    'p50 ms': round2(quantile(times, 0.5)),
    ...atMost(5, 'p95 ms', round2(quantile(times, 0.95))),
  };
}

const atLeast = (bar: number, name: string, value: number): Figures[string] => ({
  [name]: value,
  bar: `≥ ${bar}`,
  met: value >= bar ? 'yes' : 'NO',
});

const atMost = (bar: number, name: string, value: number): Figures[string] => ({
  [name]: value,
  bar: `≤ ${bar}`,
  met: value <= bar ? 'yes' : 'NO',
});
