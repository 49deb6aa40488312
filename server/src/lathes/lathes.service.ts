import { Injectable } from '@nestjs/common';
import { canonicalLatheId, type PatchLatheDto } from '#domain/contract/lathe.js';
import type { MachineSnapshot } from '#domain/machining/machine-state.js';
import { NotFoundError } from '../common/errors.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import type { Release } from './lathe.schema.js';
import { type Lathe, LathesRepository } from './lathes.repository.js';

@Injectable()
export class LathesService {
  constructor(
    private readonly lathes: LathesRepository,
    private readonly touched: LatheTouch,
  ) {}

  /** Every lathe, in the order of tick frames. */
  list(): Promise<Lathe[]> {
    return this.lathes.list();
  }

  listOf(ids: readonly string[]): Promise<Lathe[]> {
    return this.lathes.list(ids);
  }

  /** Lathes that a critical alert has stopped. */
  listLocked(): Promise<Lathe[]> {
    return this.lathes.listLocked();
  }

  /**
   * @param idText - as people write it: `lathe-1` or `LATHE-01`
   * @throws NotFoundError `lathe_not_found`, also where the text is no id at all
   */
  async get(idText: string): Promise<Lathe> {
    const id = canonicalLatheId(idText);
    const lathe = id ? await this.lathes.find(id) : null;
    if (!lathe) throw new NotFoundError('lathe', idText);
    return lathe;
  }

  async exists(id: string): Promise<boolean> {
    return (await this.lathes.find(id)) !== null;
  }

  async patch(idText: string, patch: PatchLatheDto): Promise<Lathe> {
    const { id } = await this.get(idText);
    const lathe = await this.lathes.patch(id, patch, new Date());
    if (!lathe) throw new NotFoundError('lathe', idText);
    this.touched.touch(id);
    return lathe;
  }

  /** Keeps the lathe from starting anything until maintenance has ended. The first alert that locks it stays named. */
  async lock(id: string, alertId: string, at = new Date()): Promise<void> {
    await this.lathes.lock(id, alertId, at);
    this.touched.touch(id);
  }

  /** Opens a lock set before `until`. @returns whether there was one */
  async unlock(id: string, until = new Date()): Promise<boolean> {
    const opened = await this.lathes.unlock(id, until);
    this.touched.touch(id);
    return opened;
  }

  /** Opens a lock without maintenance. @returns whether that lock was there */
  async release(id: string, released: Release): Promise<boolean> {
    const opened = await this.lathes.release(id, released);
    this.touched.touch(id);
    return opened;
  }

  /** The machine as its last job left it; null where it never ran. */
  loadMachine(id: string): Promise<MachineSnapshot | null> {
    return this.lathes.loadMachine(id);
  }

  saveMachine(id: string, machine: MachineSnapshot): Promise<void> {
    return this.lathes.saveMachine(id, machine);
  }
}
