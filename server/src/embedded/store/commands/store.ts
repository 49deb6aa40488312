import { Catalogue } from '../storage/catalogue.js';
import type { Engine } from '../storage/engine.js';
import { Cursors } from './cursors.js';

/** What commands work on. */
export class Store {
  readonly catalogue: Catalogue;
  readonly cursors = new Cursors();
  readonly startedAtMs = Date.now();
  /** Commands answered, by name, for `serverStatus`. */
  readonly counters = new Map<string, number>();
  connections = 0;

  constructor(readonly engine: Engine) {
    this.catalogue = new Catalogue(engine);
  }
}
