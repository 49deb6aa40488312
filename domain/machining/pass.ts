/** Share of feed and passive force per cutting force of a sharp edge (handbook ratios). */
const FEED_FORCE_RATIO = 0.4;
const PASSIVE_FORCE_RATIO = 0.25;

/**
 * One pass of the tool over the work, in the common terms that force, wear and heat need. Every job type makes its passes of
 * its own geometry; facing is a pass whose diameter falls with the travel.
 */
export interface Pass {
  /** 1-based within a workpiece */
  number: number;
  /** f, mm per revolution along the travel */
  feedMm: number;
  /** ap, mm (drilling: half the drill; threading: cumulative infeed) */
  depthMm: number;
  /** h, uncut chip thickness, mm; 0 where no chip is made */
  chipThicknessMm: number;
  /** b, uncut chip width, mm */
  chipWidthMm: number;
  /** uncut chip area of all edges together, mm² */
  chipAreaMm2: number;
  /** D at the start of the pass, where the cutting speed is reckoned, mm */
  diameterMm: number;
  /** diameter on which the cutting force acts, at the start of the pass, mm */
  meanDiameterMm: number;
  /** change of both diameters per mm of travel */
  diameterPerTravel: number;
  /** length of the feed motion, mm */
  travelMm: number;
  /** effective entering angle, ° */
  enteringAngleDeg: number;
  /** multiplies the Kienzle force: thread flanks, drill's chisel edge */
  forceFactor: number;
  /** thrust or feed force per cutting force on a sharp edge */
  feedForceRatio: number;
  /** passive force per cutting force on a sharp edge */
  passiveForceRatio: number;
  /** whether feed and passive force grow faster with wear than the cutting force does */
  wearSensitive: boolean;
  /** the tool goes on to the next pass without leaving the work */
  continues: boolean;
  /** drilling: diameter against which the depth counts as deep; 0 elsewhere */
  deepHoleDiameterMm: number;
  /** forming instead of cutting; null where chips are made */
  knurl: KnurlContact | null;
}

/** Contact of knurling wheels and work at full tooth depth. */
export interface KnurlContact {
  /** length of contact Lc, mm */
  contactLengthMm: number;
  /** radial force of one wheel once the teeth fill half the pitch, N */
  flatForcePerWheelN: number;
  /** lever on which the radial forces of all wheels brake the work, mm */
  leverMm: number;
  wheels: number;
  /** wheel pitch, mm */
  pitchMm: number;
  /** tooth depth at the start of the pass, mm */
  startDepthMm: number;
  /** tooth depth gained per mm of travel */
  depthPerTravel: number;
  /** the pitch does not divide the circumference: teeth are cut twice */
  doubleTracking: boolean;
}

/** What every pass must say; the rest has the value of a plain chip-making pass. */
type PassFields = Partial<Pass> &
  Pick<Pass, 'number' | 'feedMm' | 'depthMm' | 'chipThicknessMm' | 'chipWidthMm' | 'chipAreaMm2'> &
  Pick<Pass, 'diameterMm' | 'meanDiameterMm' | 'travelMm' | 'enteringAngleDeg'>;

/** Makes a pass; all passes get their fields in one order, so that hot code sees one kind of object. */
export function definePass(fields: PassFields): Pass {
  return {
    number: fields.number,
    feedMm: fields.feedMm,
    depthMm: fields.depthMm,
    chipThicknessMm: fields.chipThicknessMm,
    chipWidthMm: fields.chipWidthMm,
    chipAreaMm2: fields.chipAreaMm2,
    diameterMm: fields.diameterMm,
    meanDiameterMm: fields.meanDiameterMm,
    diameterPerTravel: fields.diameterPerTravel ?? 0,
    travelMm: fields.travelMm,
    enteringAngleDeg: fields.enteringAngleDeg,
    forceFactor: fields.forceFactor ?? 1,
    feedForceRatio: fields.feedForceRatio ?? FEED_FORCE_RATIO,
    passiveForceRatio: fields.passiveForceRatio ?? PASSIVE_FORCE_RATIO,
    wearSensitive: fields.wearSensitive ?? true,
    continues: fields.continues ?? false,
    deepHoleDiameterMm: fields.deepHoleDiameterMm ?? 0,
    knurl: fields.knurl ?? null,
  };
}

/** Whether speed or load change along the pass: facing, deep holes, the plunge of a knurl. */
export function changesAlong(pass: Pass): boolean {
  return pass.diameterPerTravel !== 0 || pass.deepHoleDiameterMm > 0 || (pass.knurl?.depthPerTravel ?? 0) > 0;
}
