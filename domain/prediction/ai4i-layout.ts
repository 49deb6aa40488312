import type { InputColumn, Quantity } from './features.js';
import { asItIs, type Layout } from './layout.js';

const number = (name: string, label: string, unit: string, group: string, actionable = false): InputColumn => ({
  name,
  label,
  unit,
  categories: null,
  group,
  actionable,
});

const INPUTS: InputColumn[] = [
  {
    name: 'Type',
    label: 'product quality',
    unit: '',
    categories: ['L', 'M', 'H'],
    group: 'quality',
    actionable: false,
  },
  number('Air temperature [K]', 'air temperature', 'K', 'air'),
  number('Process temperature [K]', 'process temperature', 'K', 'process'),
  number('Rotational speed [rpm]', 'spindle speed', '1/min', 'speed', true),
  number('Torque [Nm]', 'torque', 'N·m', 'torque', true),
  number('Tool wear [min]', 'tool wear', 'min', 'wear', true),
];
const [, AIR, PROCESS, SPEED, TORQUE, WEAR] = INPUTS.map((_, i) => i);

const PHYSICS: Quantity[] = [
  { name: 'dT', label: 'process above air', unit: 'K', formula: 'difference', of: [PROCESS!, AIR!] },
  { name: 'power', label: 'spindle power', unit: 'W', formula: 'rotaryPower', of: [TORQUE!, SPEED!] },
  { name: 'strain', label: 'wear times torque', unit: 'min·N·m', formula: 'product', of: [WEAR!, TORQUE!] },
];

const TARGET = 'Machine failure';
const MODES = [
  { name: 'TWF', label: 'tool wear' },
  { name: 'HDF', label: 'heat dissipation' },
  { name: 'PWF', label: 'power' },
  { name: 'OSF', label: 'overstrain' },
];
/** Columns that tell what happened, and so cannot foretell it. Random failures (RNF) have no cause that could be learned. */
export const AI4I_OUTCOMES: readonly string[] = [TARGET, 'TWF', 'HDF', 'PWF', 'OSF', 'RNF'];
export const AI4I_INPUT_NAMES: readonly string[] = INPUTS.map(({ name }) => name);

/**
 * Columns of the AI4I 2020 data set, which is synthetic and modelled on a milling machine.
 * @param target - one of its outcomes; the failure modes help to learn `Machine failure` alone
 * @see S. Matzka, Explainable Artificial Intelligence for Predictive Maintenance Applications, AI4I (2020)
 */
export function ai4iLayout(target = TARGET, group: string | null = null): Layout {
  return {
    name: 'ai4i',
    task: 'classification',
    target,
    inputs: INPUTS,
    groups: INPUTS.map(({ group: name, label }) => ({ name, label })),
    quantities: [...INPUTS.flatMap((input, i) => (input.categories ? [] : [asItIs(input, i)])), ...PHYSICS],
    modes: target === TARGET ? MODES : [],
    group,
    history: null,
  };
}
