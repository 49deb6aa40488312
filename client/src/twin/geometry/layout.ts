/**
 * Main dimensions of the drawn lathe: a slant-bed turning centre of the 15 kW, 8 inch class. Metres, lathe frame:
 * X along the spindle towards the tailstock, Y up, Z towards the operator; origin on the floor under the work area.
 */
export const AXIS_Y = 1.12;
export const AXIS_Z = 0.1;
/** front of the chuck jaws, where the stream's z is 0 */
export const WORK_ZERO_X = -0.26;
export const CHUCK_RADIUS = 0.105;
export const JAW_LENGTH = 0.05;
/** 45° slant: direction of the cross slide away from the spindle, and the bed's outward normal */
export const SLANT = Math.SQRT1_2;

export const TURRET_STATIONS = 12;
/** tip of an outside tool from the turret's centre, across and along the spindle */
export const OUTSIDE_TOOL = { reach: 0.2, ahead: 0.028 } as const;
/** axis of a drill or boring bar from the turret's centre, and its tip ahead of the disc */
export const AXIAL_TOOL = { reach: 0.15, ahead: 0.17 } as const;
export const BORING_BAR_RADIUS = 0.0125;

/** tip of the live centre when the tailstock is parked */
export const TAILSTOCK_PARKED_X = 0.44;
/** where tool tips wait: diameter and distance from the jaws, mm */
export const HOME = { x: 240, z: 330 } as const;

export const HALF_WIDTH = 1.45;
export const BACK_Z = -0.85;
export const FRONT_Z = 0.72;
export const HEIGHT = 1.84;
export const OPENING = { left: -0.6, right: 0.72, bottom: 0.82, top: 1.62 } as const;
/** how far the guard slides to the left */
export const DOOR_TRAVEL = 0.84;

/** What moves a vertex. */
export const PART = {
  fixed: 0,
  spindle: 1,
  jaw: 2,
  workpiece: 3,
  carriage: 4,
  crossSlide: 5,
  turret: 6,
  tailstock: 7,
  door: 8,
  beacon: 9,
  screen: 10,
  workLight: 11,
  edge: 12,
  smearRing: 13,
  wayCover: 14,
  statusStripe: 15,
} as const;
export type Part = (typeof PART)[keyof typeof PART];

/** Bits of a vertex's flags. */
export const FLAG = { interior: 1, bore: 2, face: 4 } as const;
