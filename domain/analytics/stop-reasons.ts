/** Why a lathe stood still in planned busy time, as an operator may say. */
export const STOP_REASONS = [
  'setup',
  'toolChange',
  'noMaterial',
  'noOperator',
  'noOrder',
  'qualityCheck',
  'cleaning',
  'break',
  'breakdown',
  'other',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Causes of lost time: those of people, and those that the records themselves tell. */
export const STOP_CAUSES = [...STOP_REASONS, 'minor', 'unexplained'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];
