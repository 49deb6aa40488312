import type { Coolant } from './plan.js';

/** What a way of cooling does to force, life and heat. */
export interface CoolantFigures {
  /** Kl: specific force per that in flood coolant */
  force: number;
  /** Kcool: tool life per that in flood coolant */
  life: number;
  /** kco: share of the dry rise of the cutting zone that remains */
  zone: number;
  /** from the tool holder to its surroundings, K/W */
  toolResistance: number;
  /** heat transfer from the work, W/(m²·K) */
  workFilm: number;
}

/** This model's own figures, in the order of handbook advice. */
export const COOLANTS: Readonly<Record<Coolant, CoolantFigures>> = {
  flood: { force: 1, life: 1, zone: 0.88, toolResistance: 0.12, workFilm: 1000 },
  mist: { force: 1.03, life: 0.85, zone: 0.94, toolResistance: 0.3, workFilm: 150 },
  dry: { force: 1.08, life: 0.7, zone: 1, toolResistance: 0.6, workFilm: 30 },
};
