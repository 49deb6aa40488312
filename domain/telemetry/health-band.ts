import type { HealthBand } from '../contract/enums.js';

/** Band of a health value 0..1: good ≥ 0.7, watch ≥ 0.45, poor ≥ 0.2, critical below; unknown without a number. */
export function healthBandOf(health: number | null | undefined): HealthBand {
  if (health === null || health === undefined || Number.isNaN(health)) return 'unknown';
  if (health >= 0.7) return 'good';
  if (health >= 0.45) return 'watch';
  if (health >= 0.2) return 'poor';
  return 'critical';
}
