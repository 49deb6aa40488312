import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import {
  encodeHeader,
  encodeRecord,
  FRAME_HEADER_BYTES,
  type FrameKind,
  RECORD_BYTES,
} from '#domain/telemetry/frame.js';

export interface FrameSketch {
  sequence: number;
  kind?: FrameKind;
  epoch?: number;
  topic?: number;
  records?: { index: number; timeMs: number; rpm: number; status?: number; flags?: number }[];
}

/** A frame as the server would send it, with the spindle speed as the only known channel. */
export function frameOf({ sequence, kind = 1, epoch = 1, topic = 7, records = [] }: FrameSketch): ArrayBuffer {
  const bytes = new ArrayBuffer(FRAME_HEADER_BYTES + records.length * RECORD_BYTES);
  const view = new DataView(bytes);
  const head = { kind, epoch, sequence, topic, records: records.length, channels: CHANNEL_COUNT, serverTimeMs: 0 };
  encodeHeader(head, view);
  records.forEach(({ index, timeMs, rpm, status = 0, flags = 0 }, i) => {
    const values = new Float32Array(CHANNEL_COUNT).fill(Number.NaN);
    values[CHANNEL_INDEX.rpm] = rpm;
    encodeRecord(
      { latheIndex: index, status, flags, tickNumber: sequence, tickTimeMs: timeMs, values },
      view,
      FRAME_HEADER_BYTES + i * RECORD_BYTES,
    );
  });
  return bytes;
}
