import { Injectable } from '@nestjs/common';
import { RECORD_HEADER_BYTES } from '#domain/telemetry/frame.js';
import { AlarmsRepository } from '../alerts/alarms.repository.js';
import { LathesService } from '../lathes/lathes.service.js';
import { eachRawRecord } from '../realtime-bus/tick-batch.js';
import { TickBus } from '../realtime-bus/tick-bus.js';
import { type BlackBoxSpan, spanAround } from './black-box-span.js';
import { BlackBoxesRepository } from './black-boxes.repository.js';
import { TickRecord } from './tick-record.js';

const TICK_TIME_AT = 8;
/** Lathes that are cut in one pass over the stream, so that a plant of thousands fits into memory. */
const LATHES_AT_ONCE = 100;

/** Cuts the time around alarms out of the stream of ticks. May be repeated: what is kept stays as it is. */
@Injectable()
export class BlackBoxCutter {
  constructor(
    private readonly alarms: AlarmsRepository,
    private readonly boxes: BlackBoxesRepository,
    private readonly lathes: LathesService,
    private readonly ticks: TickBus,
  ) {}

  /** For every lathe that has an alarm from the span around `raisedAtMs`. */
  async cut(raisedAtMs: number): Promise<void> {
    const span = spanAround(raisedAtMs);
    const raising = await this.alarms.lathesRaising(new Date(span.raisedFromMs), new Date(span.raisedToMs));
    const missing = await this.boxes.missingAmong(raising, span.raisedFromMs);
    for (let i = 0; i < missing.length; i += LATHES_AT_ONCE) {
      await this.cutLathes(missing.slice(i, i + LATHES_AT_ONCE), span);
    }
  }

  private async cutLathes(latheIds: readonly string[], span: BlackBoxSpan): Promise<void> {
    const known = await this.lathes.listOf(latheIds);
    const records = new Map(known.map(({ index }) => [index, new TickRecord()]));
    const heldFromMs = await this.ticks.heldFromMs();
    for await (const batch of this.ticks.between(span.fromMs, span.readyMs)) {
      eachRawRecord(batch, (at, epoch) => {
        const record = records.get(batch.readUInt16LE(at));
        const timeMs = record && batch.readDoubleLE(at + TICK_TIME_AT);
        if (!record || !timeMs || timeMs < span.fromMs || timeMs > span.toMs) return;
        record.add(epoch, timeMs, batch, at + RECORD_HEADER_BYTES);
      });
    }
    const lost = heldFromMs > span.fromMs ? { lostUntilMs: heldFromMs } : {};
    for (const { id, index } of known) {
      await this.boxes.keep(id, span.raisedFromMs, { ...records.get(index)!.columns(), ...lost }, new Date());
    }
  }
}
