import { describe, expect, it } from '@jest/globals';
import { jobFromForm } from './job-form.js';

describe('job form', () => {
  it('reads numbers, parameters and the check box', () => {
    const form = {
      latheId: 'lathe-3',
      jobType: 'turning',
      material: 'Mild Steel',
      toolNo: '1',
      estimatedTime: '7.5',
      'parameters.feed': '0.2',
      depthOfCut: '1.5',
      coolant: 'mist',
      description: '',
      queue: 'on',
    };
    expect(jobFromForm(form)).toEqual({
      latheId: 'lathe-3',
      jobType: 'turning',
      material: 'Mild Steel',
      toolNo: 1,
      estimatedTime: 7.5,
      queue: true,
      parameters: { feed: 0.2, depthOfCut: 1.5, coolant: 'mist' },
    });
  });

  it('leaves text and unknown fields for the schema to refuse', () => {
    expect(jobFromForm({ toolNo: 'one', colour: 'red' })).toEqual({ toolNo: 'one', colour: 'red' });
  });
});
