import type { Finish, Vec3 } from './mesh-builder';

const paint = (color: Vec3, roughness = 0.55): Finish => ({ color, roughness, metalness: 0 });
const metal = (color: Vec3, roughness: number): Finish => ({ color, roughness, metalness: 1 });

/** Quiet greys: saturated colour is kept for what is wrong. */
export const FINISH = {
  panel: paint([0.86, 0.865, 0.87]),
  panelShade: paint([0.7, 0.71, 0.72]),
  accent: paint([0.33, 0.37, 0.42], 0.5),
  apron: paint([0.25, 0.265, 0.285], 0.6),
  plinth: paint([0.12, 0.125, 0.13], 0.75),
  rubber: paint([0.08, 0.08, 0.085], 0.8),
  inside: paint([0.57, 0.58, 0.59], 0.5),
  wayCover: { color: [0.5, 0.51, 0.52], roughness: 0.4, metalness: 0.5 },
  casting: paint([0.37, 0.385, 0.4], 0.5),
  keypad: paint([0.15, 0.155, 0.16], 0.5),
  key: paint([0.68, 0.69, 0.7], 0.5),
  emergencyStop: paint([0.48, 0.24, 0.22], 0.45),
  screen: paint([0.03, 0.035, 0.04], 0.25),
  lamp: paint([0.5, 0.5, 0.5], 0.35),
  stripe: paint([0.5, 0.52, 0.53], 0.4),
  steel: metal([0.72, 0.73, 0.75], 0.28),
  groundSteel: metal([0.62, 0.63, 0.65], 0.38),
  darkSteel: metal([0.3, 0.31, 0.33], 0.45),
  sheet: { color: [0.74, 0.75, 0.76], roughness: 0.42, metalness: 0.3 },
  /** blackened tool holders */
  holder: { color: [0.3, 0.31, 0.33], roughness: 0.4, metalness: 0.5 },
  cover: paint([0.42, 0.435, 0.45], 0.45),
  insert: metal([0.72, 0.62, 0.36], 0.32),
  hss: metal([0.5, 0.51, 0.54], 0.25),
  cermet: metal([0.52, 0.52, 0.55], 0.34),
  polishedCarbide: metal([0.8, 0.8, 0.83], 0.14),
  ceramic: paint([0.16, 0.16, 0.17], 0.4),
  pvd: metal([0.36, 0.33, 0.4], 0.34),
  brass: metal([0.78, 0.66, 0.4], 0.3),
  shank: { color: [0.4, 0.41, 0.43], roughness: 0.36, metalness: 0.7 },
  blackHole: paint([0.05, 0.05, 0.052], 0.7),
  carbide: metal([0.36, 0.36, 0.39], 0.3),
  work: metal([0.7, 0.7, 0.72], 0.4),
  glass: { color: [0.75, 0.8, 0.82], roughness: 0.05, metalness: 0 },
} satisfies Record<string, Finish>;
