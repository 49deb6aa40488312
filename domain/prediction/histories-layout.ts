import type { InputColumn, Quantity } from './features.js';
import { asItIs, type Layout } from './layout.js';

const input = (name: string, label: string, unit: string, group: string, actionable = false): InputColumn => ({
  name,
  label,
  unit,
  categories: null,
  group,
  actionable,
});

/** What the lathe's model reads, in the order of a row of `LatheSignals`: dimensionless where it can be, so that it holds for any job. */
export const HISTORY_INPUTS: readonly InputColumn[] = [
  input('lifeUsed', 'tool life used', '1', 'wear', true),
  input('wearPace', 'wear per expected wear', '1', 'pace'),
  input('expectedLife', 'tool life at this speed and feed', 'min', 'conditions', true),
  input('torqueShare', 'torque per available torque', '1', 'load', true),
  input('forceShare', 'cutting force per limit of the tool', '1', 'load', true),
  input('loadRatio', 'torque per expected torque', '1', 'load'),
  input('processRise', 'process above air', 'K', 'heat'),
  input('zoneMargin', 'cutting zone above softening', 'K', 'heat'),
  input('vibration', 'vibration', 'mm/s', 'vibration', true),
  input('unrest', 'scatter of the torque', '1', 'vibration'),
];

const at = (name: string): number => HISTORY_INPUTS.findIndex((column) => column.name === name);

const QUANTITIES: Quantity[] = [
  ...HISTORY_INPUTS.map(asItIs),
  {
    name: 'logLife',
    label: 'logarithm of the tool life at this speed and feed',
    unit: '1',
    formula: 'logarithm',
    of: [at('expectedLife')],
  },
  {
    name: 'lifeAhead',
    label: 'tool life used in ten minutes from now',
    unit: '1',
    formula: 'lifeAhead',
    of: [at('lifeUsed'), at('expectedLife'), at('wearPace')],
  },
];

/** Columns of run-to-failure histories beside the inputs. */
export const HISTORY_COLUMNS = {
  id: 'row',
  run: 'run',
  material: 'material',
  jobType: 'jobType',
  toolNo: 'toolNo',
  /** minutes in the cut of this tool */
  minute: 'minute',
  /** flank wear as read and torque, for the comparison with fixed limits */
  flankWear: 'flankWear',
  torque: 'torque',
  /** minutes in the cut that the wear curve promises */
  lifeEstimate: 'remainingEstimate',
  target: 'failureWithin10',
  wear: 'wearOut',
  breakage: 'breakage',
  drive: 'driveTrip',
  /** true minutes in the cut until the failure; its presence marks the layout */
  marker: 'remainingTrue',
} as const;

/**
 * Run-to-failure histories of this product's own simulator: one row every half minute in the cut, inputs from readings alone,
 * outcomes from what happened later.
 */
export function historiesLayout(): Layout {
  return {
    name: 'histories',
    task: 'classification',
    target: HISTORY_COLUMNS.target,
    inputs: [...HISTORY_INPUTS],
    groups: [
      { name: 'wear', label: 'tool wear' },
      { name: 'pace', label: 'pace of wear' },
      { name: 'conditions', label: 'speed and feed' },
      { name: 'load', label: 'cutting load' },
      { name: 'heat', label: 'heat' },
      { name: 'vibration', label: 'vibration' },
    ],
    quantities: QUANTITIES,
    modes: [
      { name: HISTORY_COLUMNS.wear, label: 'tool worn out' },
      { name: HISTORY_COLUMNS.breakage, label: 'tool breakage' },
      { name: HISTORY_COLUMNS.drive, label: 'drive overloaded' },
    ],
    group: HISTORY_COLUMNS.run,
    history: {
      minute: HISTORY_COLUMNS.minute,
      remaining: HISTORY_COLUMNS.marker,
      estimate: HISTORY_COLUMNS.lifeEstimate,
      used: 'lifeUsed',
      limits: [
        { column: HISTORY_COLUMNS.flankWear, label: 'fixed wear limit' },
        { column: HISTORY_COLUMNS.torque, label: 'fixed torque limit' },
      ],
      kinds: [
        { column: HISTORY_COLUMNS.material, label: 'materials' },
        { column: HISTORY_COLUMNS.toolNo, label: 'tool types' },
      ],
    },
  };
}
