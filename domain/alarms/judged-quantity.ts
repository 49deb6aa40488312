import type { AlertType } from '../contract/enums.js';

/**
 * What a limit may be compared with instead of the reading itself. `age`: seconds since the sensor last said something new.
 * `deviation`: share by which the reading surely departs from what the physical model expects, with its sign.
 */
export type DerivedKind = 'age' | 'deviation';

/** What the limits of these types are compared with. */
export const DERIVED_KINDS: Partial<Record<AlertType, DerivedKind>> = { SENSOR_FAULT: 'age', ANOMALY: 'deviation' };

/** These types are not judged tick by tick on the lathe but by whoever watches the plant. */
export const PLANT_TYPES = ['OFFLINE', 'JOB_OVERRUN'] as const satisfies AlertType[];
export type PlantType = (typeof PLANT_TYPES)[number];
export const isPlantType = (type: AlertType): type is PlantType => PLANT_TYPES.some((known) => known === type);

/** Whether limits of this type are compared with readings of their channel, in its unit. */
export const judgesReading = (type: AlertType): boolean => !(type in DERIVED_KINDS) && !isPlantType(type);
