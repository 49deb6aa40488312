import type { TelemetryDto } from '#domain/contract/telemetry.js';
import { CHANNELS } from '#domain/telemetry/channels.js';
import { type Cell, csvText } from '../../widgets/csv';

/** Stored channels as CSV: a line for each bucket with a known value, three columns for each channel, in units of the wire. */
export function telemetryCsv({ t, channels }: TelemetryDto): string {
  const shown = CHANNELS.filter(({ name }) => channels[name]);
  const head = shown.flatMap(({ name, unit }) => ['mean', 'min', 'max'].map((of) => `${name}_${of} (${unit})`));
  const rows: Cell[][] = [];
  for (const [i, ms] of t.entries()) {
    const cells = shown.flatMap(({ name }) => {
      const series = channels[name];
      return [series?.mean[i], series?.min[i], series?.max[i]];
    });
    if (cells.some((cell) => cell !== null && cell !== undefined)) rows.push([new Date(ms).toISOString(), ...cells]);
  }
  return csvText([['timestamp', ...head], ...rows]);
}
