import type { FaultType } from '#domain/contract/enums.js';

export interface FaultWords {
  name: string;
  /** what it does to the machine and its traces */
  shows: string;
  /** what full severity stands for */
  full: string;
  /** s of machine time that pass before full severity unless told otherwise */
  rampMin: number;
  /** min after which it ends by itself unless told otherwise; null: when somebody ends it */
  forMin: number | null;
  /** whether severity means anything */
  graded: boolean;
}

const LASTING = { rampMin: 0, forMin: null, graded: true } as const;

export const FAULT_WORDS: Record<FaultType, FaultWords> = {
  toolBreakage: {
    ...LASTING,
    name: 'Tool breakage',
    shows: 'Torque peaks for 0.3 s, vibration bursts for a second and the speed flares.',
    full: 'Below 50 % a corner chips off: the job goes on with less force, restless torque and half of the tool’s life gone. From 50 % on the edge breaks and the job fails.',
  },
  bearingWear: {
    ...LASTING,
    name: 'Worn spindle bearing',
    shows: 'Torque and vibration creep up, the spindle warms and the failure risk grows.',
    full: 'At 100 % friction is three times and the vibration of the bearing 31 times what it was.',
    rampMin: 10,
  },
  coolantLoss: {
    ...LASTING,
    name: 'Coolant fails',
    shows: 'Process temperature climbs within minutes, force rises a little and the edge wears twice as fast.',
    full: 'At 100 % the cut runs dry.',
  },
  imbalance: {
    ...LASTING,
    name: 'Unbalanced chuck',
    shows: 'Vibration rises, with the cube of the spindle speed. Torque and temperatures stay as they are.',
    full: 'At 100 % the imbalance is 20 times what it was.',
  },
  chatter: {
    ...LASTING,
    name: 'Chatter',
    shows:
      'Once the cut is deeper than what stays stable, vibration jumps, torque turns restless and the edge wears 2.5 times as fast.',
    full: 'At 100 % only a tenth of the chip width stays stable.',
  },
  overload: {
    ...LASTING,
    name: 'Hard spot',
    shows:
      'Force, torque, power and vibration step up; where the drive cannot follow, the speed sags and the feed is held.',
    full: 'At 100 % the material is three times as hard to cut.',
    forMin: 1 / 3,
  },
  beltSlip: {
    ...LASTING,
    name: 'Slipping belt',
    shows: 'Spindle speed drops and hunts once a second, power dips with it and the spindle warms.',
    full: 'At 100 % a twentieth of the speed is lost.',
  },
  sensorDropout: {
    ...LASTING,
    name: 'Sensor silent',
    shows: 'The sensor tells nothing: its trace ends. The machine itself is sound.',
    full: '',
    graded: false,
  },
  sensorStuck: {
    ...LASTING,
    name: 'Sensor stuck',
    shows: 'The sensor repeats its last value: its trace becomes a straight line. The machine itself is sound.',
    full: '',
    graded: false,
  },
  sensorDrift: {
    ...LASTING,
    name: 'Sensor drifts',
    shows: 'The reading walks away from the truth. The machine itself is sound.',
    full: 'At 100 % by 5 % of full scale a minute, by 30 % in the end.',
  },
};

/** From this severity on a tool does not chip but breaks, and its job fails. */
export const BREAKS_FROM = 0.5;

export const isOfSensor = (type: FaultType): boolean => type.startsWith('sensor');
