import { createStore } from 'zustand/vanilla';
import type { AlertDto } from '#domain/contract/alert.js';
import type { Timers } from '../live/throttle';

/** An acknowledgement that somebody gave and that the server has not confirmed yet. */
export interface PendingAck {
  /** Idempotency-Key: however often it is sent, it is done once */
  key: string;
  /** who gave it; nobody else's session delivers it */
  userID: string;
  alertId: string;
  /** number of the last transition that this person had seen */
  n: number;
  comment?: string;
  atMs: number;
}

/**
 * What became of a delivery. `refused` is for good; `signedOut` keeps it for the next session; `later` tries again, after
 * `afterMs` where the server asked for it.
 */
export type Delivery =
  | { outcome: 'done'; alert: AlertDto }
  | { outcome: 'refused'; error: unknown }
  | { outcome: 'signedOut' }
  | { outcome: 'later'; afterMs?: number };

export interface AckOutboxOptions {
  /** outlives a reload of the page */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
  /** @param hasWaited - it was given some time ago, and the alert may have gone on since */
  deliver: (ack: PendingAck, hasWaited: boolean) => Promise<Delivery>;
  onSettled: (ack: PendingAck, delivery: Extract<Delivery, { outcome: 'done' | 'refused' }>) => void;
  timers: Timers;
}

export interface Outbox {
  /** by alert */
  pending: ReadonlyMap<string, PendingAck>;
  /** the last attempt found nobody: they wait for the connection */
  waiting: boolean;
}

const PREFIX = 'byte-astra.acknowledgement.';
const MOST_AT_ONCE = 4;
const RETRY_MS = 5000;

/**
 * Acknowledgements on their way to the server. Each is written down before it is sent and struck out when it is confirmed,
 * so that neither a lost connection nor a reload loses one, and its key keeps a repetition from counting twice.
 */
export class AckOutbox {
  readonly store = createStore<Outbox>()(() => ({ pending: new Map(), waiting: false }));
  private userID: string | undefined;
  private readonly inFlight = new Set<string>();
  private readonly haveWaited = new Set<string>();
  private retry: unknown;

  constructor(private readonly options: AckOutboxOptions) {}

  /** Takes up what this user left behind, from a page that is gone too. */
  open(userID: string): void {
    this.userID = userID;
    this.reload();
    for (const { key } of this.store.getState().pending.values()) this.haveWaited.add(key);
    this.deliver();
  }

  /** At sign-out: what is pending stays written down. */
  close(): void {
    this.userID = undefined;
    this.options.timers.clear(this.retry);
    this.retry = undefined;
    this.store.setState({ pending: new Map(), waiting: false });
  }

  /** What another page of this browser wrote or struck out. */
  reload(): void {
    const { storage } = this.options;
    const pending = new Map<string, PendingAck>();
    for (let i = 0; i < storage.length; i++) {
      const name = storage.key(i);
      const ack = name?.startsWith(PREFIX) && readAck(storage.getItem(name));
      if (ack && ack.userID === this.userID) pending.set(ack.alertId, ack);
    }
    this.store.setState({ pending });
  }

  /** Writes acknowledgements down and sends them. One of the same alert that is on its way already stands for it. */
  add(acks: readonly PendingAck[]): void {
    const pending = new Map(this.store.getState().pending);
    for (const ack of acks) {
      if (pending.has(ack.alertId)) continue;
      pending.set(ack.alertId, ack);
      this.write(ack);
    }
    this.store.setState({ pending });
    this.deliver();
  }

  /** Sends what is pending, a few at once. Called when there is reason to think that the server can be reached. */
  deliver(): void {
    if (this.userID === undefined) return;
    this.options.timers.clear(this.retry);
    this.retry = undefined;
    for (const ack of this.store.getState().pending.values()) {
      if (this.inFlight.size >= MOST_AT_ONCE) return;
      if (!this.inFlight.has(ack.key)) void this.send(ack);
    }
  }

  private async send(ack: PendingAck): Promise<void> {
    this.inFlight.add(ack.key);
    const delivery = await this.options.deliver(ack, this.haveWaited.has(ack.key));
    this.inFlight.delete(ack.key);
    switch (delivery.outcome) {
      case 'done':
      case 'refused':
        this.strikeOut(ack);
        this.store.setState({ waiting: false });
        this.options.onSettled(ack, delivery);
        this.deliver();
        return;
      case 'later':
        this.haveWaited.add(ack.key);
        if (delivery.afterMs === undefined) this.store.setState({ waiting: true });
        this.retry ??= this.options.timers.set(() => this.deliver(), delivery.afterMs ?? RETRY_MS);
        return;
      case 'signedOut':
        this.haveWaited.add(ack.key);
    }
  }

  private strikeOut({ alertId, key }: PendingAck): void {
    this.haveWaited.delete(key);
    this.options.storage.removeItem(PREFIX + key);
    const pending = new Map(this.store.getState().pending);
    if (pending.get(alertId)?.key === key) pending.delete(alertId);
    this.store.setState({ pending });
  }

  private write(ack: PendingAck): void {
    try {
      this.options.storage.setItem(PREFIX + ack.key, JSON.stringify(ack));
    } catch {
      // Without room or leave to store it is kept in memory alone: it reaches the server all the same, but no reload.
    }
  }
}

function readAck(text: string | null): PendingAck | undefined {
  try {
    const ack = JSON.parse(text ?? '') as PendingAck;
    return typeof ack.key === 'string' && typeof ack.alertId === 'string' ? ack : undefined;
  } catch {
    return undefined;
  }
}
