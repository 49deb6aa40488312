import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WhatIfBasis, WhatIfDto } from '../contract/what-if.js';
import { WhatIfAnswerSchema } from '../contract/what-if.js';
import { injectFault } from '../machining/faults.js';
import { createMachineState } from '../machining/machine-state.js';
import { planJob } from '../machining/plan.js';
import { randomJobs } from '../machining/random-jobs.js';
import type { MachiningRequest } from '../machining/request.js';
import { beginJob, step } from '../machining/step.js';
import { activeTool } from '../machining/tool-state.js';
import { CHANNEL_INDEX } from '../telemetry/channels.js';
import { basisOf, machineOf } from './basis.js';
import { whatIf } from './what-if.js';

const turning: MachiningRequest = { jobType: 'turning', material: 'Alloy Steel 4140', toolNo: 1 };
const onePass = { ...turning, parameters: { diameter: 60, endDiameter: 56 } };

/** A lathe in the midst of a job. */
function runningLathe(request: MachiningRequest, minutes: number, noise = true) {
  const state = createMachineState(7);
  beginJob(state, planJob(request), { seed: 7, estimatedMinutes: 100, noise });
  for (let i = 0; i < minutes * 60; i++) step(state, 1);
  return state;
}

const basisAfter = (request: MachiningRequest, minutes: number): WhatIfBasis =>
  basisOf(runningLathe(request, minutes))!;

const ask = (basis: WhatIfBasis, question: Partial<WhatIfDto>) => whatIf(basis, { horizonMinutes: 30, ...question });

describe('what a what-if begins from', () => {
  it('is the machine as it stands, also after a journey as JSON', () => {
    const state = runningLathe(turning, 5);
    const machine = machineOf(JSON.parse(JSON.stringify(basisOf(state))));
    expect({ ...machine.nodes }).toEqual({ ...state.nodes });
    expect({ ...machine.tools[0], lifeMin: 0, wearRuleMinutes: 0 }).toEqual({
      ...state.tools[0],
      lifeMin: 0,
      wearRuleMinutes: 0,
    });
  });

  it('is nothing where no job runs', () => {
    expect(basisOf(createMachineState(1))).toBeNull();
  });

  it('goes on with the faults that act and foresees none', () => {
    const state = runningLathe(turning, 1);
    injectFault(state, { type: 'coolantLoss', severity: 1 });
    injectFault(state, { type: 'toolBreakage', severity: 1, atS: 300 });
    step(state, 1);
    const basis = basisOf(state)!;
    expect(basis.start.faults.map(({ type }) => type)).toEqual(['coolantLoss']);
    const { current } = ask(basis, {});
    expect(current.events.map(({ type }) => type)).not.toContain('toolBroken');
    expect(current.end.processTemperature).toBeGreaterThan(
      ask(basisAfter(turning, 1), {}).current.end.processTemperature + 30,
    );
  });
});

describe('the current plan', () => {
  it('goes on as the machine itself does without scatter', () => {
    const state = runningLathe(onePass, 10, false);
    for (const tool of state.tools) tool.lifeFactor = 1;
    const { current } = ask(basisOf(state)!, { horizonMinutes: 15 });
    for (let i = 0; i < 15 * 60; i++) step(state, 1);
    expect(current.end.flankWear).toBeCloseTo(activeTool(state).flankWearMm, 2);
    expect(current.end.spindleTemperature).toBeCloseTo(state.nodes.spindle, 0);
  });

  it('promises the life that the panel of the tool shows', () => {
    const state = runningLathe(onePass, 5);
    const { current } = ask(basisOf(state)!, {});
    expect(current.remainingLife / state.truth[CHANNEL_INDEX.remainingUsefulLife]!).toBeCloseTo(1, 1);
  });

  it('makes parts in the time and with the energy that it says', () => {
    for (const jobType of ['turning', 'facing', 'boring', 'drilling', 'threading', 'knurling']) {
      const { current } = ask(basisAfter({ jobType, material: 'Mild Steel' }, 1), { horizonMinutes: 60 });
      const made = current.end.parts;
      const cycle = current.part.time - 120 * current.part.edges;
      expect(Math.abs(3600 / cycle - made)).toBeLessThan(1.02);
      // the edge of the first hour is sharper than the half-worn one of an average part
      const ratio = current.part.energy / (current.end.energy / (3600 / cycle));
      expect(ratio).toBeGreaterThan(0.92);
      expect(ratio).toBeLessThan(1.08);
    }
  });

  it('is the proposal where nothing changes', () => {
    for (const changes of [{}, { parameters: {} }, { toolNo: 1, material: 'Alloy Steel 4140' }]) {
      const { current, proposed } = ask(basisAfter(turning, 3), changes);
      expect(proposed).toEqual(current);
    }
  });

  it('knows a material of the user’s own', () => {
    const basis = basisAfter({ ...turning, material: 'Custom', customMaterial: { kc1: 2000, mc: 0.25 } }, 1);
    const { current, proposed } = ask(basis, { parameters: { feed: 0.2 } });
    expect(current.material).toBe('Custom');
    expect(proposed.limits.load.cuttingForce).toBeLessThan(current.limits.load.cuttingForce);
  });
});

describe('a proposal', () => {
  const basis = basisAfter(turning, 3);

  it('wears faster and makes more parts at a higher speed', () => {
    const { current, proposed } = ask(basis, { parameters: { cuttingSpeed: 260 } });
    expect(proposed.end.flankWear).toBeGreaterThan(current.end.flankWear);
    expect(proposed.partsPerHour).toBeGreaterThan(current.partsPerHour);
    expect(proposed.remainingLife).toBeLessThan(current.remainingLife);
    expect(proposed.parameters.cuttingSpeed).toBe(260);
  });

  it('takes a spindle speed instead of the cutting speed', () => {
    const constant = basisAfter({ ...turning, parameters: { mode: 'constantRpm', cuttingSpeed: 150 } }, 1);
    expect(ask(constant, { parameters: { rpm: 500 } }).proposed.limits.load.spindleSpeed).toBeCloseTo(500);
    expect(ask(constant, { parameters: { cuttingSpeed: 100 } }).proposed.parameters.cuttingSpeed).toBeCloseTo(100);
  });

  it('is warmer without coolant', () => {
    const { current, proposed } = ask(basis, { parameters: { coolant: 'dry' } });
    expect(proposed.end.processTemperature).toBeGreaterThan(current.end.processTemperature + 30);
    expect(proposed.toolLife).toBeLessThan(current.toolLife);
  });

  it('cuts with another tool as worn as that one is', () => {
    const { proposed } = ask(basis, { toolNo: 10 });
    expect(proposed.toolNo).toBe(10);
    expect(proposed.curves.flankWear[0]).toBe(0);
  });

  it('begins with a given wear', () => {
    const { current, proposed } = ask(basis, { parameters: { flankWear: 0.25 } });
    expect(proposed.curves.flankWear[0]).toBeCloseTo(0.25, 6);
    expect(current.curves.flankWear[0]).toBeLessThan(0.1);
  });

  it('ends with an edge that is worn through, and costs no more than that edge and the time', () => {
    const { proposed } = ask(basis, { material: 'Titanium Ti-6Al-4V' });
    expect(proposed.wornAt).toBeLessThan(1);
    expect(proposed.events.map(({ type }) => type)).toContain('toolBroken');
    expect(proposed.end).toMatchObject({ flankWear: 0.6, failureProbability: 1, remainingLife: 0 });
    expect(proposed.end.cost).toBeLessThan(30 + 1.3 * 4.5 + 1);
  });

  it('names the limits that it breaks', () => {
    const { proposed } = ask(basis, { parameters: { depthOfCut: 5, feed: 0.5 } });
    expect(proposed.limits.broken).toEqual(expect.arrayContaining(['power', 'continuousPower', 'cuttingForce']));
    expect(proposed.warnings.map(({ code }) => code)).toContain('w_overload');
    expect(proposed.events.map(({ type }) => type)).toContain('overload');
  });

  it.each([
    [{ parameters: { feed: 9 } }, 'out_of_range', 'parameters.feed'],
    [{ parameters: { depthOfCut: Number.NaN } }, 'not_a_number', 'parameters.depthOfCut'],
    [{ material: 'Cheese' }, 'material_unknown', 'material'],
    [{ material: 'Custom' }, 'material_unknown', 'customMaterial'],
    [{ toolNo: 99 }, 'tool_unknown', 'toolNo'],
    [{ toolNo: 6 }, 'tool_mismatch', 'toolNo'],
    [{ parameters: { endDiameter: 80 } }, 'bad_geometry', 'parameters.endDiameter'],
    [{ parameters: { maxRpm: 9000 } }, 'out_of_range', 'parameters.maxRpm'],
  ])('is refused where %j cannot be', (changes, code, path) => {
    expect(() => ask(basis, changes)).toThrow(
      expect.objectContaining({ errors: expect.arrayContaining([expect.objectContaining({ code, path })]) }),
    );
  });

  it('is refused with a broken tool', () => {
    const broken = structuredClone(basis);
    broken.start.tools.find(({ toolNo }) => toolNo === 10)!.broken = true;
    expect(() => ask(broken, { toolNo: 10 })).toThrow(expect.objectContaining({ code: 'tool_broken' }));
  });

  it('costs what the caller says that it costs', () => {
    const free = { machineHourRate: 0, energyPrice: 0, costPerEdge: { '1': 0 } };
    const { current } = ask(basis, { economics: free });
    expect(current.part.cost).toBe(0);
    expect(current.end.cost).toBe(0);
    const dear = ask(basis, { economics: { ...free, costPerEdge: { '1': 10 } } }).current;
    expect(dear.part.cost).toBeCloseTo(10 * dear.part.edges, 9);
  });
});

describe('any running job with any changes', () => {
  const cases = fc.record({
    pick: fc.nat(39),
    minutes: fc.constantFrom(1, 5),
    horizonMinutes: fc.constantFrom(3, 20),
    speed: fc.double({ min: 0.5, max: 2, noNaN: true }),
    feed: fc.double({ min: 0.6, max: 1.4, noNaN: true }),
    coolant: fc.constantFrom('flood' as const, 'mist' as const, 'dry' as const),
  });
  const jobs = randomJobs(40, ['lathe-1'], 11);

  it('has a future that holds together', () => {
    fc.assert(
      fc.property(cases, ({ pick, minutes, horizonMinutes, speed, feed, coolant }) => {
        const { plan, jobType, material, toolNo } = jobs[pick]!;
        const basis = basisOf(runningLathe({ jobType, material, toolNo, parameters: plan.parameters }, minutes, false));
        if (!basis) return; // the tool has not lived that long
        const { cuttingSpeed = 50, feed: planned } = basis.parameters;
        const parameters = {
          cuttingSpeed: cuttingSpeed * speed,
          coolant,
          ...(planned ? { feed: planned * feed } : {}),
        };
        let answer: ReturnType<typeof whatIf>;
        try {
          answer = whatIf(basis, { horizonMinutes, parameters });
        } catch (error) {
          expect(error).toMatchObject({ code: 'machine_limit' });
          return;
        }
        WhatIfAnswerSchema.parse({ ...answer, latheId: 'lathe-1', jobId: 'x', at: new Date(0).toISOString() });
        for (const { curves, part } of [answer.current, answer.proposed]) {
          for (const name of ['flankWear', 'energy', 'cost', 'parts'] as const) expectToRise(curves[name]);
          for (const series of Object.values(curves)) expect(series).toHaveLength(answer.t.length);
          for (const p of curves.failureProbability) expect(p >= 0 && p <= 1).toBe(true);
          expect(part.cost).toBeGreaterThan(0);
        }
        expectBest(answer.sweep);
      }),
      { numRuns: 25 },
    );
  });

  function expectToRise(series: number[]): void {
    expect(series.every((value, i) => Number.isFinite(value) && (i === 0 || value >= series[i - 1]! - 1e-12))).toBe(
      true,
    );
  }

  function expectBest(sweep: ReturnType<typeof whatIf>['sweep']): void {
    if (!sweep) return;
    const feasible = sweep.points.filter(({ limit }) => limit === null);
    expect(sweep.minimumCost === null).toBe(feasible.length === 0);
    for (const point of feasible) {
      expect(sweep.minimumCost!.costPerPart).toBeLessThanOrEqual(point.costPerPart);
      expect(sweep.maximumProduction!.timePerPart).toBeLessThanOrEqual(point.timePerPart);
    }
    for (const best of [sweep.minimumCost, sweep.maximumProduction]) expect(best?.limit ?? null).toBeNull();
  }
});
