import { describe, expect, it } from '@jest/globals';
import { createMachineState } from '#domain/machining/machine-state.js';
import { planJob } from '#domain/machining/plan.js';
import { beginJob } from '#domain/machining/step.js';
import { TOOLS } from '#domain/machining/tools.js';
import { basisOf } from '#domain/what-if/basis.js';
import { AS_PLANNED, changesOf, proposalOf, triedFields, withText } from './what-if-draft';

function basisFor(jobType: string, toolNo: number) {
  const state = createMachineState(1);
  beginJob(state, planJob({ jobType, material: 'Mild Steel', toolNo }), { seed: 1, estimatedMinutes: 10 });
  return basisOf(state)!;
}

describe('what somebody tries', () => {
  it('is nothing until something is moved, and nothing again when the field is emptied', () => {
    expect(changesOf(AS_PLANNED)).toEqual({});
    expect(changesOf(withText(withText(AS_PLANNED, 'feed', '0,3'), 'cuttingSpeed', ''))).toEqual({
      parameters: { feed: 0.3 },
    });
    expect(changesOf({ texts: {}, coolant: 'dry', toolNo: 2, material: 'Brass' })).toEqual({
      parameters: { coolant: 'dry' },
      toolNo: 2,
      material: 'Brass',
    });
  });

  it('is planned, or refused at the field that it concerns', () => {
    const basis = basisFor('turning', 1);
    expect(proposalOf(basis, withText(AS_PLANNED, 'feed', '0.3'), {}).plan?.parameters.feed).toBe(0.3);
    const { plan, faults } = proposalOf(basis, withText(AS_PLANNED, 'feed', 'thin'), {});
    expect(plan).toBeUndefined();
    expect([...faults.keys()]).toEqual(['parameters.feed']);
    expect([...proposalOf(basis, { texts: {}, toolNo: 6 }, {}).faults.keys()]).toEqual(['toolNo']);
  });
});

describe('the sliders', () => {
  const speeds = { min: 35.2, max: 1050.7 };

  it('are those that the job has, over what the tool is made for', () => {
    const fields = triedFields(basisFor('turning', 1), TOOLS[0]!, speeds);
    expect(fields.map(({ name, min, max }) => [name, min, max])).toEqual([
      ['cuttingSpeed', 35, 1051],
      ['feed', 0.1, 0.5],
      ['depthOfCut', 0.5, 5],
    ]);
    expect(triedFields(basisFor('threading', 5), TOOLS[4]!, speeds).map(({ name }) => name)).toEqual(['cuttingSpeed']);
    expect(triedFields(basisFor('drilling', 6), TOOLS[5]!, speeds).map(({ name }) => name)).toEqual([
      'cuttingSpeed',
      'feed',
    ]);
  });

  it('reach the planned value wherever it is', () => {
    const basis = basisFor('turning', 1);
    basis.parameters.feed = 0.733;
    const feed = triedFields(basis, TOOLS[0]!, speeds)[1]!;
    expect(feed.max).toBeGreaterThanOrEqual(0.733);
  });
});
