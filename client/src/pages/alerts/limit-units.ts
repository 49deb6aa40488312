import type { AlertType } from '#domain/contract/enums.js';
import type { ChannelName } from '#domain/telemetry/channels.js';
import { FIGURES } from '../../widgets/figures';

/** How the limits of one alarm are shown to people and read from them again. */
export interface LimitUnit {
  unit: string;
  shown: (wire: number) => number;
  wire: (shown: number) => number;
  /** of a difference, such as a deadband: 3 K are 3 °C */
  shownSpan: (wire: number) => number;
  wireSpan: (shown: number) => number;
}

/** Some limits are not of the reading itself but of what is made of it. */
const OF_TYPE: Partial<Record<AlertType, [unit: string, factor: number]>> = {
  SENSOR_FAULT: ['s', 1],
  OFFLINE: ['s', 1],
  ANOMALY: ['%', 100],
  JOB_OVERRUN: ['%', 100],
};

export function limitUnit(type: AlertType, channel: ChannelName): LimitUnit {
  const figure = FIGURES[channel];
  const [unit, factor] = OF_TYPE[type] ?? [figure.unit, figure.shown(1) - figure.shown(0)];
  const offset = type in OF_TYPE ? 0 : figure.shown(0);
  return {
    unit,
    shown: (wire) => tidy(wire * factor + offset),
    wire: (shown) => tidy((shown - offset) / factor),
    shownSpan: (wire) => tidy(wire * factor),
    wireSpan: (shown) => tidy(shown / factor),
  };
}

/** Without the dust that change of unit leaves in the last binary digits. */
const tidy = (value: number): number => Number(value.toPrecision(9));
