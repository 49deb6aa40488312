import { definePass, type KnurlContact, type Pass } from './pass.js';

/** Knurling: wheels press teeth into the work, first plunging to depth, then travelling along it. */
export interface KnurlingCut {
  jobType: 'knurling';
  diameterMm: number;
  /** knurled width, mm */
  lengthMm: number;
  /** axial feed once the tooth is full, mm/rev */
  feedMm: number;
  pitchMm: number;
  wheelWidthMm: number;
  wheelDiameterMm: number;
  /** radial advance per work revolution while plunging, mm */
  advanceMm: number;
  toothDepthMm: number;
  /** 1 straight, 2 diamond */
  wheels: number;
}

/** Minutes of forming that a knurling wheel lasts. */
export const KNURL_WHEEL_LIFE_MIN = 120;
const PIN_RADIUS_MM = 3;
const PIN_FRICTION = 0.1;
const G = 9.81;

/** Distance of the number of pitches around the work from the nearest whole number, 0..0.5. */
export function trackingError(cut: KnurlingCut): number {
  const pitches = (Math.PI * cut.diameterMm) / cut.pitchMm;
  return Math.abs(pitches - Math.round(pitches));
}

/** Teeth around the work. */
export function knurlTeeth(cut: KnurlingCut): number {
  return Math.round((Math.PI * cut.diameterMm) / cut.pitchMm);
}

/** Contact of one wheel: the hardness of the work taken as the pressure over wheel width times contact length. */
export function knurlContact(cut: KnurlingCut, hardness: number): KnurlContact {
  const equivalent = (cut.wheelDiameterMm * cut.diameterMm) / (cut.wheelDiameterMm + cut.diameterMm);
  const contactLength = Math.sqrt(equivalent * cut.advanceMm);
  return {
    contactLengthMm: contactLength,
    flatForcePerWheelN: G * hardness * cut.wheelWidthMm * contactLength,
    leverMm: contactLength / 2 + (PIN_FRICTION * PIN_RADIUS_MM * cut.diameterMm) / cut.wheelDiameterMm,
    wheels: cut.wheels,
    pitchMm: cut.pitchMm,
    startDepthMm: 0,
    depthPerTravel: 1,
    doubleTracking: trackingError(cut) > 0.25,
  };
}

/** Pass 1 plunges to the tooth depth, pass 2 travels along the work without leaving it. */
export function knurlingPass(cut: KnurlingCut, hardness: number, number: number): Pass {
  const contact = knurlContact(cut, hardness);
  const plunging = number === 1;
  if (!plunging) {
    contact.startDepthMm = cut.toothDepthMm;
    contact.depthPerTravel = 0;
  }
  return definePass({
    number,
    feedMm: plunging ? cut.advanceMm : cut.feedMm,
    depthMm: cut.toothDepthMm,
    chipThicknessMm: 0,
    chipWidthMm: cut.wheelWidthMm,
    chipAreaMm2: 0,
    diameterMm: cut.diameterMm,
    meanDiameterMm: cut.diameterMm,
    travelMm: plunging ? cut.toothDepthMm : cut.lengthMm,
    enteringAngleDeg: 90,
    feedForceRatio: 0,
    passiveForceRatio: 0,
    wearSensitive: false,
    continues: plunging,
    knurl: contact,
  });
}

/** Cutting time of plunge and travel at a spindle speed in 1/min, min. */
export function knurlingTimeMin(cut: KnurlingCut, rpm: number): number {
  return (cut.toothDepthMm / cut.advanceMm + cut.lengthMm / cut.feedMm) / rpm;
}
