import { describe, expect, it } from '@jest/globals';
import { alertOf } from '../live/testing/alert-of';
import { HandTimers } from '../live/testing/hand-timers';
import { AckOutbox, type Delivery, type PendingAck } from './ack-outbox';

class MemoryStorage {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key = (at: number) => [...this.items.keys()][at] ?? null;
  getItem = (name: string) => this.items.get(name) ?? null;
  setItem = (name: string, value: string) => void this.items.set(name, value);
  removeItem = (name: string) => void this.items.delete(name);
}

const ackOf = (alertId: string, rest: Partial<PendingAck> = {}): PendingAck => ({
  key: `key-${alertId}`,
  userID: 'Yash',
  alertId,
  n: 1,
  atMs: 0,
  ...rest,
});
const done = (alertId: string): Delivery => ({
  outcome: 'done',
  alert: alertOf(alertId, { state: 'acknowledged', n: 2 }),
});

/** An outbox over a server that answers as `answer` says; `sent` lists the keys in the order in which they left. */
function outboxWith(answer: (ack: PendingAck) => Delivery, storage = new MemoryStorage()) {
  const timers = new HandTimers();
  const sent: string[] = [];
  const waited: boolean[] = [];
  const settled: string[] = [];
  const outbox = new AckOutbox({
    storage,
    timers,
    deliver: async (ack, hasWaited) => {
      sent.push(ack.key);
      waited.push(hasWaited);
      return answer(ack);
    },
    onSettled: (ack, { outcome }) => settled.push(`${ack.alertId} ${outcome}`),
  });
  outbox.open('Yash');
  return { outbox, timers, sent, waited, settled, storage };
}
/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const pendingOf = (outbox: AckOutbox) => [...outbox.store.getState().pending.keys()];

describe('AckOutbox', () => {
  it('writes an acknowledgement down until it is confirmed', async () => {
    const { outbox, settled, storage } = outboxWith((ack) => done(ack.alertId));
    outbox.add([ackOf('a')]);
    expect([pendingOf(outbox), storage.length]).toEqual([['a'], 1]);
    await settle();
    expect([pendingOf(outbox), storage.length, settled]).toEqual([[], 0, ['a done']]);
  });

  it('sends a second press of the same alert no second time', async () => {
    const { outbox, sent } = outboxWith((ack) => done(ack.alertId));
    outbox.add([ackOf('a')]);
    outbox.add([ackOf('a', { key: 'another' })]);
    await settle();
    expect(sent).toEqual(['key-a']);
  });

  it('keeps what cannot be delivered, says so, and sends it with the same key later', async () => {
    let isThere = false;
    const { outbox, timers, sent, waited, settled } = outboxWith((ack) =>
      isThere ? done(ack.alertId) : { outcome: 'later' },
    );
    outbox.add([ackOf('a')]);
    await settle();
    expect(outbox.store.getState().waiting).toBe(true);
    isThere = true;
    timers.pass(5000);
    await settle();
    expect([sent, waited]).toEqual([
      ['key-a', 'key-a'],
      [false, true],
    ]);
    expect([pendingOf(outbox), outbox.store.getState().waiting, settled]).toEqual([[], false, ['a done']]);
  });

  it('survives a reload, for the same user alone', async () => {
    const { outbox, storage } = outboxWith(() => ({ outcome: 'later' }));
    outbox.add([ackOf('a')]);
    await settle();
    const other = outboxWith((ack) => done(ack.alertId), storage);
    expect(pendingOf(other.outbox)).toEqual(['a']);
    await settle();
    expect([other.waited, storage.length]).toEqual([[true], 0]);

    storage.setItem('byte-astra.acknowledgement.x', JSON.stringify(ackOf('b', { userID: 'Sahil' })));
    const third = outboxWith((ack) => done(ack.alertId), storage);
    await settle();
    expect([third.sent, storage.length]).toEqual([[], 1]);
  });

  it('waits as long as the server asks for, and keeps all without a session', async () => {
    const answers: Delivery[] = [{ outcome: 'later', afterMs: 30_000 }, { outcome: 'signedOut' }];
    const { outbox, timers, sent } = outboxWith(() => answers.shift() as Delivery);
    outbox.add([ackOf('a')]);
    await settle();
    expect(outbox.store.getState().waiting).toBe(false);
    timers.pass(29_000);
    expect(sent).toHaveLength(1);
    timers.pass(1000);
    await settle();
    expect([sent.length, pendingOf(outbox)]).toEqual([2, ['a']]);
    timers.pass(60_000);
    expect(sent).toHaveLength(2);
  });

  it('sends four at once and all in the end', async () => {
    const { outbox, sent, settled } = outboxWith((ack) => done(ack.alertId));
    outbox.add(Array.from({ length: 20 }, (_, i) => ackOf(`a${i}`)));
    expect(sent).toHaveLength(4);
    await settle();
    expect(settled).toHaveLength(20);
  });

  it('gives up what the server refuses', async () => {
    const { outbox, settled, storage } = outboxWith(() => ({ outcome: 'refused', error: new Error('no') }));
    outbox.add([ackOf('a')]);
    await settle();
    expect([pendingOf(outbox), storage.length, settled]).toEqual([[], 0, ['a refused']]);
  });
});
