import { describe, expect, it } from '@jest/globals';
import { FAULT_TYPES } from '#domain/contract/enums.js';
import { InjectFaultSchema } from '#domain/contract/machining.js';
import { injectFault } from '#domain/machining/faults.js';
import { createMachineState } from '#domain/machining/machine-state.js';
import { endsTheJob, type FaultDraft, faultOf, isPossible, NEW_FAULT, timeFault, withType } from './fault-draft';
import { FAULT_WORDS, isOfSensor } from './fault-words';

const draft = (changes: Partial<FaultDraft>): FaultDraft => ({ ...NEW_FAULT, ...changes });

describe('a fault that is put together', () => {
  it.each(FAULT_TYPES.map((type) => [type]))('%s is what the contract and the machine take', (type) => {
    const wish = faultOf(withType(NEW_FAULT, type));
    expect(InjectFaultSchema.parse(wish)).toEqual(wish);
    expect(wish.channel).toBe(isOfSensor(type) ? 'vibration' : undefined);
    const machine = createMachineState(1);
    injectFault(machine, { type: wish.type, severity: wish.severity });
    // the times that the fields stand at are the machine's own
    const { rampS, startS, endS } = machine.faults[0]!;
    expect(FAULT_WORDS[type].rampMin * 60).toBe(rampS);
    expect(FAULT_WORDS[type].forMin).toEqual(endS === null ? null : expect.closeTo((endS - startS) / 60, 9));
  });

  it('takes times as people type them, and leaves out what is empty', () => {
    const wish = faultOf(draft({ severity: 35, after: '1,5', ramp: '2', duration: '' }));
    expect(wish).toEqual({ type: 'coolantLoss', severity: 0.35, afterMinutes: 1.5, rampMinutes: 2 });
  });

  it.each<[Partial<FaultDraft>, 'after' | 'ramp' | 'duration', RegExp]>([
    [{ after: 'soon' }, 'after', /“soon” is no number.*0 to 100000 min/],
    [{ after: '-1' }, 'after', /-1 min: expected 0 to 100000 min/],
    [{ ramp: '1e9' }, 'ramp', /1000000000 min: expected 0 to 100000 min/],
    [{ duration: '0' }, 'duration', /0 min: expected above 0 to 100000 min/],
    [{ duration: 'NaN' }, 'duration', /“NaN” is no number/],
  ])('says of %j what is wrong, at its field', (changes, name, words) => {
    expect(timeFault(draft(changes), name)).toMatch(words);
    expect(isPossible(draft(changes))).toBe(false);
  });

  it('knows which breakage ends the job', () => {
    expect(endsTheJob(draft({ type: 'toolBreakage', severity: 50 }))).toBe(true);
    expect(endsTheJob(draft({ type: 'toolBreakage', severity: 49 }))).toBe(false);
    expect(endsTheJob(draft({ severity: 100 }))).toBe(false);
  });
});
