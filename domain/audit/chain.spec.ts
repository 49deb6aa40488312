import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AUDIT_ACTS, type AuditEntryDto } from '../contract/audit.js';
import { canonicalJson } from './canonical-json.js';
import { type AuditAction, ChainCheck, type ChainHead, GENESIS, link } from './chain.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const actions = fc.array(
  fc.record(
    {
      id: fc.uuid(),
      at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
      act: fc.constantFrom(...AUDIT_ACTS),
      actor: fc.string({ maxLength: 12 }),
      subject: fc.string({ maxLength: 12 }),
      outcome: fc.constantFrom('done' as const, 'failed' as const, 'unknown' as const),
      details: fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    },
    { requiredKeys: ['id', 'at', 'act', 'actor', 'outcome'] },
  ),
  { minLength: 1, maxLength: 12 },
);

function chainOf(list: readonly AuditAction[]): AuditEntryDto[] {
  let head: ChainHead = GENESIS;
  return list.map((action) => {
    const entry = link(head, action, sha256);
    head = entry;
    return entry;
  });
}

function check(entries: readonly AuditEntryDto[], anchor?: ChainHead) {
  const chain = new ChainCheck(sha256, anchor);
  for (const entry of entries) if (!chain.take(entry)) break;
  return chain.verdict();
}

const headOf = (entries: readonly AuditEntryDto[]): ChainHead => {
  const { n, hash } = entries.at(-1)!;
  return { n, hash };
};

describe('canonical JSON', () => {
  it('sorts members by code units at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: [3, { z: 1, a: null }], '\u20ac': 1, a: 'ü"', A: 1e21 })).toBe(
      '{"A":1e+21,"a":"ü\\"","b":[3,{"a":null,"z":1}],"€":1}',
    );
  });

  it('leaves out what has no value and refuses what JSON cannot say', () => {
    expect(canonicalJson({ a: undefined, b: 0 })).toBe('{"b":0}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
    expect(() => canonicalJson({ a: () => 1 })).toThrow(TypeError);
  });

  it('says the same after a way through storage, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('a chain of acts', () => {
  it('has the hash that its description gives', () => {
    const action: AuditAction = {
      id: 'x',
      at: '2026-01-02T03:04:05.000Z',
      act: 'signedIn',
      actor: 'Yash',
      outcome: 'done',
    };
    const zeros = '0'.repeat(64);
    const text = `{"act":"signedIn","actor":"Yash","at":"2026-01-02T03:04:05.000Z","id":"x","n":1,"outcome":"done","previousHash":"${zeros}"}`;
    expect(link(GENESIS, action, sha256)).toEqual({ ...action, n: 1, previousHash: zeros, hash: sha256(text) });
  });

  it('holds as it was written', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const entries = chainOf(list);
        const stored = JSON.parse(JSON.stringify(entries)) as AuditEntryDto[];
        expect(check(stored, headOf(entries))).toEqual({ ok: true, checked: entries.length, head: headOf(entries) });
      }),
    );
  });

  it('shows where any field of any entry was altered, also with a hash to match', () => {
    const fields = ['id', 'at', 'actor', 'subject', 'hash', 'previousHash', 'details', 'outcome'] as const;
    fc.assert(
      fc.property(actions, fc.nat(), fc.constantFrom(...fields), fc.boolean(), (list, at, field, rehash) => {
        const entries = chainOf(list);
        const i = at % entries.length;
        const forged = { ...entries[i]!, [field]: field === 'details' ? { forged: 1 } : `${entries[i]![field]}!` };
        if (rehash && field !== 'hash') {
          const { hash: _, ...rest } = forged;
          forged.hash = sha256(canonicalJson(rest));
        }
        const verdict = check(entries.with(i, forged as AuditEntryDto), headOf(entries));
        expect(verdict.ok).toBe(false);
        expect([i + 1, i + 2]).toContain(verdict.firstBroken);
      }),
    );
  });

  it('shows where any entry was removed, the last ones too', () => {
    fc.assert(
      fc.property(actions, fc.nat(), fc.integer({ min: 1, max: 3 }), (list, at, count) => {
        const entries = chainOf(list);
        const i = at % entries.length;
        const verdict = check(entries.toSpliced(i, count), headOf(entries));
        expect(verdict).toMatchObject({ ok: false, firstBroken: i + 1 });
      }),
    );
  });

  it('shows where two entries were swapped, with their numbers or without', () => {
    fc.assert(
      fc.property(actions, fc.nat(), fc.nat(), fc.boolean(), (list, a, b, renumber) => {
        const entries = chainOf(list);
        const [i, j] = [a % entries.length, b % entries.length].sort((x, y) => x - y) as [number, number];
        fc.pre(i !== j);
        const first = { ...entries[j]!, ...(renumber ? { n: i + 1 } : {}) };
        const second = { ...entries[i]!, ...(renumber ? { n: j + 1 } : {}) };
        expect(check(entries.with(i, first).with(j, second))).toMatchObject({ ok: false, firstBroken: i + 1 });
      }),
    );
  });

  it('that was rewritten from some entry on does not pass through a head noted earlier', () => {
    fc.assert(
      fc.property(actions, fc.nat(), (list, at) => {
        const entries = chainOf(list);
        const i = at % entries.length;
        const forged = chainOf(list.map((action, k) => (k === i ? { ...action, actor: `${action.actor}!` } : action)));
        expect(check(forged).ok).toBe(true);
        expect(check(forged, headOf(entries))).toMatchObject({ ok: false, firstBroken: entries.length });
      }),
    );
  });
});
