import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AlarmTally, mergeTallies, NO_CARRY, type Tally, type TallyCarry } from '#domain/alarms/tally.js';
import { DAY_MS } from '#domain/telemetry/resolution.js';
import { type AlarmDay, AlarmDayDocument } from './alarm-day.schema.js';
import { AlarmHistory } from './alarm-history.repository.js';

/** A transition may be written this long after its time: a day is summed up only then. */
const SETTLED_MS = 600_000;
/** Read between two moments in which this process does something else. */
const COUNTED_AT_ONCE = 500;
/** Raise it whenever transitions are counted in another way. */
const VERSION = 1;

/** Sums of the alarm history by day, so that a month is read from thirty documents and not from all its transitions. */
@Injectable()
export class AlarmDays {
  constructor(
    @InjectModel(AlarmDayDocument.name) private readonly days: Model<AlarmDayDocument>,
    private readonly history: AlarmHistory,
  ) {}

  /** The sums of a window. */
  async tally(fromMs: number, toMs: number, nowMs: number): Promise<Tally> {
    const parts: Tally[] = [];
    await this.sumUp(nowMs);
    const firstDayMs = startOfDay(fromMs);
    let carry = await this.carryInto(firstDayMs);
    let dayMs = firstDayMs;
    if (fromMs > firstDayMs) {
      const endMs = Math.min(toMs, firstDayMs + DAY_MS);
      carry = (await this.count(firstDayMs, fromMs, carry)).carry;
      const part = await this.count(fromMs, endMs, carry);
      parts.push(part.tally);
      carry = part.carry;
      dayMs += DAY_MS;
    }
    const whole = await this.stored(dayMs, startOfDay(toMs));
    for (; dayMs < toMs; dayMs += DAY_MS) {
      const endMs = Math.min(toMs, dayMs + DAY_MS);
      const known = endMs === dayMs + DAY_MS ? whole.get(dayMs) : undefined;
      const part = known ?? (await this.count(dayMs, endMs, carry));
      parts.push(part.tally);
      carry = part.carry;
    }
    return mergeTallies(parts);
  }

  /** Sums up every day that is over and is not summed up yet, one after the other. Several copies may do so at once. */
  async sumUp(nowMs: number): Promise<void> {
    const began = await this.history.beganAt();
    if (!began) return;
    const endMs = startOfDay(nowMs - SETTLED_MS);
    const [newest] = await this.days.find({ version: VERSION }).sort({ day: -1 }).limit(1).lean<AlarmDayDocument[]>();
    const known = newest && toDay(newest);
    let carry = known?.carry ?? NO_CARRY;
    for (let dayMs = known ? known.dayMs + DAY_MS : startOfDay(began.getTime()); dayMs < endMs; dayMs += DAY_MS) {
      const summed = await this.count(dayMs, dayMs + DAY_MS, carry);
      await this.save({ dayMs, ...summed });
      carry = summed.carry;
    }
  }

  private async count(fromMs: number, toMs: number, carry: TallyCarry): Promise<Omit<AlarmDay, 'dayMs'>> {
    const sums = new AlarmTally(carry);
    let counted = 0;
    for await (const transition of this.history.between(new Date(fromMs), new Date(toMs))) {
      sums.add(transition);
      if (++counted % COUNTED_AT_ONCE === 0) await setImmediate(); // requests and clocks of this process go on meanwhile
    }
    return { tally: sums.close(toMs), carry: sums.carry(toMs) };
  }

  /** What the days before `dayMs` leave standing: the newest of them that is stored, counted on where days are missing. */
  private async carryInto(dayMs: number): Promise<TallyCarry> {
    const before = { version: VERSION, day: { $lt: new Date(dayMs) } };
    const [newest] = await this.days.find(before).sort({ day: -1 }).limit(1).lean<AlarmDayDocument[]>();
    if (!newest) return NO_CARRY;
    const known = toDay(newest);
    const knownToMs = known.dayMs + DAY_MS;
    return knownToMs < dayMs ? (await this.count(knownToMs, dayMs, known.carry)).carry : known.carry;
  }

  private async stored(fromMs: number, toMs: number): Promise<Map<number, AlarmDay>> {
    const day = { $gte: new Date(fromMs), $lt: new Date(toMs) };
    const found = await this.days.find({ version: VERSION, day }).lean<AlarmDayDocument[]>().exec();
    return new Map(found.map(toDay).map((known) => [known.dayMs, known]));
  }

  private async save({ dayMs, tally, carry }: AlarmDay): Promise<void> {
    const set = { version: VERSION, tally: JSON.stringify(tally), carry: JSON.stringify(carry) };
    await this.days.updateOne({ day: new Date(dayMs) }, { $set: set }, { upsert: true }).exec();
  }
}

const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

const toDay = ({ day, tally, carry }: AlarmDayDocument): AlarmDay => ({
  dayMs: day.getTime(),
  tally: JSON.parse(tally) as Tally,
  carry: JSON.parse(carry) as TallyCarry,
});
