/** Residual unbalance of grade G2.5 for 60 kg at 4000 1/min, g·mm. */
export const UNBALANCE_GMM = 358;
/** Floor of the reading while the spindle turns, mm/s RMS. */
const RESTING_VIBRATION = 0.15;

const HOUSING = { stiffness: 1e8, naturalHz: 180, damping: 0.04 };
/** Outside turning: stiffness of tool and work at the cut, N/m, its damping, natural frequency in Hz. */
export const TURNING_DYNAMICS = { stiffness: 6e7, damping: 0.04, naturalHz: 220 } as const;
export const BORING_DAMPING = 0.03;

/** Share of v_rms at the spindle's own frequency, mm/s. @param unbalanceGmm - Ub @see ISO 1940 (grades) */
export function unbalanceVibration(rpm: number, unbalanceGmm: number): number {
  const speed = (rpm * 2 * Math.PI) / 60;
  const force = unbalanceGmm * 1e-6 * speed * speed;
  const ratio = rpm / 60 / HOUSING.naturalHz;
  const detuned = 1 - ratio * ratio;
  const damped = 2 * HOUSING.damping * ratio;
  return (1000 * force * speed) / (Math.SQRT2 * HOUSING.stiffness * Math.sqrt(detuned * detuned + damped * damped));
}

/** Share that the ripple of the cutting force makes, mm/s. @param rippleFactor - of the material */
export function cuttingVibration(cuttingForceN: number, rippleFactor: number, flankWearMm: number): number {
  return 0.01777 * rippleFactor * cuttingForceN * (1 + 3 * flankWearMm);
}

/** Share of the spindle bearings, mm/s. @param bearingWear - wb, 0..1 */
export function bearingVibration(rpm: number, bearingWear: number): number {
  return 0.05 * (rpm / 1000) * (1 + 30 * bearingWear);
}

/** Share that chatter of an amplitude in mm at a frequency in Hz sends to the housing, mm/s. */
export function chatterVibration(amplitudeMm: number, frequencyHz: number): number {
  return (0.1 * amplitudeMm * 2 * Math.PI * frequencyHz) / Math.SQRT2;
}

/**
 * Absolute stability limit of the chip width, 2 k z (1 + z) / Kf with Kf = 0.35 kc, mm.
 * @param specificForce - kc, N/mm²
 * @see Y. Altintas, Manufacturing Automation
 */
export function stableChipWidthMm(specificForce: number, stiffnessNPerM: number, damping: number): number {
  return (1000 * 2 * stiffnessNPerM * damping * (1 + damping)) / (0.35 * specificForce * 1e6);
}

/** What slow speeds add to the stability limit, as a factor: the flank rubs on the waves. */
export function processDamping(rpm: number): number {
  const slowness = 400 / rpm;
  return 1 + slowness * slowness;
}

/** Stiffness of slender work, which falls with the cube of its overhang beyond four diameters, N/m. */
export function workStiffnessNPerM(overhangMm: number, diameterMm: number): number {
  const slenderness = overhangMm / diameterMm;
  return slenderness > 4 ? TURNING_DYNAMICS.stiffness * (4 / slenderness) ** 3 : TURNING_DYNAMICS.stiffness;
}

/** Amplitude that chatter grows to, mm. @param ratio - chip width per stability limit */
export function chatterTargetMm(ratio: number, chipThicknessMm: number): number {
  return ratio > 1 ? 0.5 * chipThicknessMm * Math.min(1, (ratio - 1) / 0.5) : 0;
}

/** Root sum of squares of the resting value and up to four shares, mm/s. */
export function totalVibration(unbalance: number, cutting: number, bearing: number, chatter: number): number {
  return Math.sqrt(
    RESTING_VIBRATION * RESTING_VIBRATION +
      unbalance * unbalance +
      cutting * cutting +
      bearing * bearing +
      chatter * chatter,
  );
}
