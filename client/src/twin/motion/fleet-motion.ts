import { HEALTH_BANDS, LATHE_STATUSES } from '#domain/contract/enums.js';
import type { LatheDto } from '#domain/contract/lathe.js';
import { CHANNEL_COUNT, CHANNEL_INDEX } from '#domain/telemetry/channels.js';
import { RECORD_FLAG } from '#domain/telemetry/frame.js';
import { healthBandOf } from '#domain/telemetry/health-band.js';
import type { FearedPart, SceneJob } from '../../live/scene-store';
import type { TickBuffer } from '../../live/tick-buffer';
import { HOME, TAILSTOCK_PARKED_X, TURRET_STATIONS, WORK_ZERO_X } from '../geometry/layout';
import { type CuttingJob, chipShare, cuttingJobOf } from './cutting-job';
import { cutPart, recoverPart } from './part-cutting';
import { POSE, POSE_CHANNELS, PoseHistory } from './pose-history';
import { radPerSecond, SpindleAngles, smear } from './spindle-angle';
import { JUMP_MS, StreamClock } from './stream-clock';
import { WorkpieceProfiles } from './workpiece-profile';

/** Floats per lathe of the two state tables; the shader reads them as RGBA texels. */
export const MOTION_FLOATS = 16;
export const TRAIT_FLOATS = 20;

const FIELDS = POSE_CHANNELS.length;
const STATUS_IDLE = LATHE_STATUSES.indexOf('idle');
const STATUS_RUNNING = LATHE_STATUSES.indexOf('running');
const STATUS_ALARM = LATHE_STATUSES.indexOf('alarm');
const STATUS_OFFLINE = LATHE_STATUSES.indexOf('offline');
const UNKNOWN = HEALTH_BANDS.indexOf('unknown');
const STANDSTILL_RPM = 5;
/** Rapid travel of a lathe that is sent home, mm/s. */
const HOMING_SPEED = 330;
const RATED_POWER_W = 15_000;
const DOOR_PER_S = 0.7;
const TURRET_RAD_PER_S = 3.5;

/** Numbers of the parts that the shader marks. */
export const FEARED_PARTS: Readonly<Record<FearedPart['part'], number>> = { tool: 1, spindle: 2 };

export interface LathePose {
  spindleAngle: number;
  x: number;
  z: number;
  workDiameter: number;
  health: number;
}

/**
 * What the picture shows of every lathe at one moment: reads the tick buffer, writes the tables that go to the GPU.
 * Nothing but the stream moves anything here; guard and turret follow what the stream says with their own speed.
 */
export class FleetMotion {
  motion = new Float32Array(0);
  traits = new Float32Array(0);
  profiles = new WorkpieceProfiles(0);
  /** lathes in the tables; row = slot */
  capacity = 0;
  /** grows when the tables are replaced */
  generation = 0;
  traitRevision = 0;
  /** something in the picture is still moving */
  moving = false;
  /** spares the eye: spindles are drawn at rest, though their angles are still integrated */
  calm = false;
  readonly clock = new StreamClock();
  private history = new PoseHistory(0);
  private spindles = new SpindleAngles(0);
  private pose = new Float64Array(0);
  private jobs: CuttingJob[] = [];
  private partCut = new Uint8Array(0);
  /** 0 while a part may have been cut before anybody looked */
  private partKnown = new Uint8Array(0);
  /** page's time when a record of the lathe last came, whatever its tick's age */
  private heardMs = new Float64Array(0);
  private receivedAtMs = new Float64Array(0);
  /** band that the API told, for lathes whose stream has no health */
  private toldBand = new Uint8Array(0);
  private lathes: readonly LatheDto[] = [];
  private feared: Readonly<Record<string, FearedPart>> = {};
  private readonly sampled = new Float64Array(FIELDS);
  private shownMs = Number.NaN;
  private pageMs = Number.NaN;
  private selectedSlot = -1;
  private hoveredSlot = -1;

  constructor(private readonly ticks: TickBuffer) {}

  setFleet(lathes: readonly LatheDto[], jobs: Readonly<Record<string, SceneJob>>): void {
    this.lathes = lathes;
    this.grow(lathes.reduce((size, lathe) => Math.max(size, lathe.index + 1), this.ticks.capacity));
    for (const lathe of lathes) {
      const row = lathe.index * TRAIT_FLOATS;
      this.traits[row] = lathe.position.x;
      this.traits[row + 1] = lathe.position.z;
      this.toldBand[lathe.index] = Math.max(0, HEALTH_BANDS.indexOf(lathe.healthBand));
      const job = cuttingJobOf(jobs[lathe.id]);
      // A finished part stays in the chuck until the next job brings a new one.
      if (jobs[lathe.id] ? job.jobId !== this.jobs[lathe.index]?.jobId : !this.jobs[lathe.index]) {
        this.load(lathe.index, job);
      }
    }
    this.setFeared(this.feared);
    this.traitRevision++;
  }

  setMarked(selectedSlot: number, hoveredSlot: number): void {
    if (selectedSlot === this.selectedSlot && hoveredSlot === this.hoveredSlot) return;
    for (const slot of [this.selectedSlot, this.hoveredSlot]) this.setTrait(slot, 7, 0);
    this.selectedSlot = selectedSlot;
    this.hoveredSlot = hoveredSlot;
    this.setTrait(hoveredSlot, 7, 0.5);
    this.setTrait(selectedSlot, 7, 1);
  }

  /** Marks the parts that predictions point at; all others are as they were made. */
  setFeared(feared: Readonly<Record<string, FearedPart>>): void {
    this.feared = feared;
    for (const { id, index } of this.lathes) {
      const fear = feared[id];
      this.setTrait(index, 16, fear ? FEARED_PARTS[fear.part] : 0);
      this.setTrait(index, 17, fear ? HEALTH_BANDS.indexOf(fear.band) : 0);
    }
  }

  /** Moves the picture to the page's time `pageMs` (performance.now). */
  advance(pageMs: number): void {
    if (this.ticks.capacity > this.capacity) this.setFleet(this.lathes, {});
    this.clock.advance(pageMs);
    this.takeTicks(pageMs);
    const frameS = Math.min(Math.max((pageMs - this.pageMs) / 1000 || 0.016, 0.001), 1);
    this.pageMs = pageMs;
    this.showAt(this.clock.shownMs(pageMs), frameS, pageMs);
  }

  /** Moves the picture on by `stepMs` of the stream without reading new ticks. */
  step(stepMs: number): void {
    this.showAt(
      (Number.isNaN(this.shownMs) ? 0 : this.shownMs) + stepMs,
      Math.min(stepMs / 1000, 0.1) || 0.016,
      Number.NaN,
    );
  }

  /** Moves the picture to the stream's time `shownMs` without reading new ticks. */
  jumpTo(shownMs: number): void {
    this.shownMs = Math.min(this.shownMs, shownMs);
    this.showAt(shownMs, 0.016, Number.NaN);
  }

  poseOf(slot: number): LathePose {
    const at = slot * FIELDS;
    return {
      spindleAngle: this.spindles.angle[slot] ?? 0,
      x: this.pose[at + POSE.x] ?? Number.NaN,
      z: this.pose[at + POSE.z] ?? Number.NaN,
      workDiameter: this.pose[at + POSE.workDiameter] ?? Number.NaN,
      health: this.ticks.value(slot, 'health'),
    };
  }

  rpmOf(slot: number): number {
    return this.pose[slot * FIELDS + POSE.rpm] ?? 0;
  }

  bandOf(slot: number): number {
    return this.traits[slot * TRAIT_FLOATS + 4] ?? UNKNOWN;
  }

  isStale(slot: number): boolean {
    return (this.traits[slot * TRAIT_FLOATS + 6] ?? 0) > 0;
  }

  private takeTicks(pageMs: number): void {
    const { ticks, history } = this;
    for (let slot = 0; slot < ticks.capacity; slot++) {
      const receivedAtMs = ticks.receivedAtMs[slot] ?? 0;
      if (receivedAtMs !== this.receivedAtMs[slot]) {
        this.receivedAtMs[slot] = receivedAtMs;
        this.heardMs[slot] = pageMs;
      }
      const latestMs = ticks.latestTimeMs[slot] ?? 0;
      if (latestMs <= 0 || latestMs === history.newestMs(slot)) continue;
      const previousMs = ticks.previousTimeMs[slot] ?? 0;
      if (previousMs > 0) history.push(slot, previousMs, ticks.previous, slot * CHANNEL_COUNT);
      history.push(slot, latestMs, ticks.latest, slot * CHANNEL_COUNT);
      this.clock.observe(pageMs, latestMs, latestMs - previousMs);
    }
  }

  private showAt(shownMs: number, frameS: number, pageMs: number): void {
    if (!Number.isFinite(shownMs)) return;
    const beforeMs = Number.isNaN(this.shownMs) ? shownMs : this.shownMs;
    const setBack = this.shownMs - shownMs > JUMP_MS;
    this.shownMs = Number.isNaN(this.shownMs) || setBack ? shownMs : Math.max(this.shownMs, shownMs);
    this.moving = false;
    for (let slot = 0; slot < this.capacity; slot++) {
      if (!this.history.sample(slot, this.shownMs, this.clock.periodMs, this.sampled)) continue;
      // Beyond the known time and one period nothing is made up: a silent lathe stops turning.
      const knownMs = this.history.newestMs(slot) + this.clock.periodMs;
      const stepS = Math.max(0, Math.min(this.shownMs, knownMs) - Math.min(beforeMs, knownMs)) / 1000;
      this.follow(slot, stepS, frameS);
      if (!Number.isNaN(pageMs)) this.judge(slot, this.clock.isSilent(pageMs - (this.heardMs[slot] ?? 0)));
    }
  }

  /** Pose, angle, removal of material and the fast table of one lathe from `sampled`. */
  private follow(slot: number, stepS: number, frameS: number): void {
    const { sampled, pose } = this;
    const at = slot * FIELDS;
    const status = this.ticks.status[slot] ?? STATUS_OFFLINE;
    const rpm = Math.max(0, sampled[POSE.rpm] || 0);
    const oldX = pose[at + POSE.x] ?? HOME.x;
    const oldZ = pose[at + POSE.z] ?? HOME.z;
    const x = arrive(sampled[POSE.x], oldX, HOME.x, HOMING_SPEED * frameS);
    const z = arrive(sampled[POSE.z], oldZ, HOME.z, HOMING_SPEED * frameS);
    for (let field = 0; field < FIELDS; field++) pose[at + field] = sampled[field] ?? Number.NaN;
    pose[at + POSE.rpm] = rpm;
    pose[at + POSE.x] = x;
    pose[at + POSE.z] = z;
    this.spindles.advance(slot, rpm, stepS, frameS);

    const job = this.jobs[slot] as CuttingJob;
    const cutting = (sampled[POSE.cuttingForce] ?? 0) > 1 && rpm > STANDSTILL_RPM;
    this.removeMaterial(slot, job, status === STATUS_RUNNING, cutting, rpm);

    const row = slot * MOTION_FLOATS;
    const m = this.motion;
    const doorOpen = status === STATUS_RUNNING && (rpm > STANDSTILL_RPM || cutting) ? 0 : 1;
    const turret = (-2 * Math.PI * (job.toolNo - 1)) / TURRET_STATIONS;
    const tipX = WORK_ZERO_X + z / 1000;
    const tipR = x / 2000;
    const settled =
      this.ease(row + 3, turret, TURRET_RAD_PER_S * frameS) &&
      this.ease(row + 8, doorOpen, DOOR_PER_S * frameS) &&
      this.ease(row + 9, status === STATUS_RUNNING ? 1 : status === STATUS_IDLE ? 0.35 : 0.5, 2 * frameS);
    m[row] = this.calm ? 0 : (this.spindles.drawn[slot] ?? 0);
    m[row + 1] = tipX + job.aheadM;
    m[row + 2] = tipR + job.reachM;
    m[row + 4] = tipX;
    m[row + 5] = tipR;
    m[row + 6] = cutting ? chipShare(job, pose[at + POSE.workDiameter] || x, sampled[POSE.feedRate] || 0) : 0;
    m[row + 7] = cutting ? Math.min(1, Math.max(0, ((sampled[POSE.zoneTemperature] ?? 0) - 700) / 600)) : 0;
    m[row + 10] = this.calm ? 0 : smear(radPerSecond(rpm));
    m[row + 12] = rpm;
    m[row + 13] = sampled[POSE.progress] || 0;
    m[row + 14] = (sampled[POSE.power] || 0) / RATED_POWER_W;
    m[row + 15] = sampled[POSE.feedRate] || 0;
    m[row + 11] = Math.min(1, (sampled[POSE.vibration] || 0) / 11.2) ** 2;
    if ((rpm > 0.5 && stepS > 0 && !this.calm) || !settled || Math.abs(x - oldX) > 0.01 || Math.abs(z - oldZ) > 0.01)
      this.moving = true;
  }

  private removeMaterial(slot: number, job: CuttingJob, running: boolean, cutting: boolean, rpm: number): void {
    const at = slot * FIELDS;
    const x = this.pose[at + POSE.x] ?? 0;
    const { profiles } = this;
    if (!this.partKnown[slot] && running && (cutting || rpm > STANDSTILL_RPM)) {
      const workDiameter = this.pose[at + POSE.workDiameter] ?? Number.NaN;
      if (recoverPart(profiles, slot, job, x, workDiameter, cutting)) this.partKnown[slot] = 1;
    }
    if (cutting) {
      this.partCut[slot] = 1;
      cutPart(profiles, slot, job, x, this.pose[at + POSE.z] ?? 0);
    } else if (running && rpm < STANDSTILL_RPM && this.partCut[slot]) {
      this.load(slot, job);
      this.partKnown[slot] = 1;
    }
  }

  /** Health, beacon and staleness of one lathe; the slow table changes rarely. */
  private judge(slot: number, silent: boolean): void {
    const { ticks } = this;
    const health = ticks.latest[slot * CHANNEL_COUNT + CHANNEL_INDEX.health];
    const streamed = HEALTH_BANDS.indexOf(healthBandOf(health));
    const band = streamed === UNKNOWN ? (this.toldBand[slot] ?? UNKNOWN) : streamed;
    const status = ticks.status[slot] ?? STATUS_OFFLINE;
    const flags = ticks.flags[slot] ?? 0;
    const stale = silent || status === STATUS_OFFLINE || (flags & RECORD_FLAG.stale) !== 0;
    const alarm = status === STATUS_ALARM || (flags & RECORD_FLAG.locked) !== 0;
    this.setTrait(slot, 4, band);
    this.setTrait(slot, 5, alarm || band === 3 ? 2 : band === 1 || band === 2 ? 1 : 0);
    this.setTrait(slot, 6, stale ? 1 : 0);
  }

  /** Puts a new part in the chuck. */
  private load(slot: number, job: CuttingJob): void {
    this.jobs[slot] = job;
    this.partCut[slot] = 0;
    this.partKnown[slot] = 0;
    this.profiles.reset(slot, job.blank);
    const row = slot * TRAIT_FLOATS;
    const length = job.blank.length / 1000;
    this.traits[row + 3] = job.look;
    this.traits[row + 8] = length;
    this.traits[row + 9] = job.blank.radius / 1000;
    this.traits[row + 10] = job.blank.radius / 1000;
    this.traits[row + 11] = job.tailstock ? WORK_ZERO_X + length : TAILSTOCK_PARKED_X;
    this.traits[row + 12] = job.pattern;
    this.traits[row + 13] = job.pitch / 1000;
    this.traits[row + 14] = job.coolant;
    this.traits[row + 15] = job.chipKind;
    this.traitRevision++;
  }

  private setTrait(slot: number, field: number, value: number): void {
    const at = slot * TRAIT_FLOATS + field;
    if (slot < 0 || this.traits[at] === value) return;
    this.traits[at] = value;
    this.traitRevision++;
  }

  /** @returns whether the value has arrived */
  private ease(at: number, target: number, most: number): boolean {
    const now = this.motion[at] ?? 0;
    const left = target - now;
    this.motion[at] = Math.abs(left) <= most ? target : now + Math.sign(left) * most;
    return Math.abs(left) <= 1e-4;
  }

  private grow(capacity: number): void {
    if (capacity <= this.capacity) return;
    const motion = new Float32Array(capacity * MOTION_FLOATS);
    const traits = new Float32Array(capacity * TRAIT_FLOATS);
    this.motion = motion;
    this.traits = traits;
    this.history = new PoseHistory(capacity);
    this.spindles = new SpindleAngles(capacity);
    this.profiles = new WorkpieceProfiles(capacity);
    this.partCut = new Uint8Array(capacity);
    this.partKnown = new Uint8Array(capacity);
    this.heardMs = new Float64Array(capacity);
    this.receivedAtMs = new Float64Array(capacity);
    this.toldBand = new Uint8Array(capacity).fill(UNKNOWN);
    this.pose = new Float64Array(capacity * FIELDS);
    this.jobs = [];
    for (let slot = 0; slot < capacity; slot++) {
      this.pose[slot * FIELDS + POSE.x] = HOME.x;
      this.pose[slot * FIELDS + POSE.z] = HOME.z;
      motion.set(
        [0, WORK_ZERO_X + HOME.z / 1000, HOME.x / 2000 + 0.2, 0, 0, 0, 0, 0, 1, 0.35, 0, 0, 0, 0, 0, 0],
        slot * MOTION_FLOATS,
      );
      traits[slot * TRAIT_FLOATS + 4] = UNKNOWN;
      this.capacity = slot + 1;
      this.load(slot, cuttingJobOf(undefined));
    }
    this.generation++;
  }
}

/** Value from the stream; where it is unknown, the way home at rapid speed. */
function arrive(streamed: number | undefined, now: number, home: number, most: number): number {
  if (streamed !== undefined && !Number.isNaN(streamed)) return streamed;
  return Math.abs(home - now) <= most ? home : now + Math.sign(home - now) * most;
}
