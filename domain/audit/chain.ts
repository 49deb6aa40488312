import type { AuditEntryDto, AuditVerdict } from '../contract/audit.js';
import { canonicalJson } from './canonical-json.js';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export type Sha256 = (text: string) => string;

/** An act before it has its place in the chain. */
export type AuditAction = Omit<AuditEntryDto, 'n' | 'previousHash' | 'hash'>;

/** Where a chain ends. */
export interface ChainHead {
  n: number;
  hash: string;
}

/** End of a chain that has no entry yet. */
export const GENESIS: ChainHead = { n: 0, hash: '0'.repeat(64) };

/** The entry that follows `head`. */
export function link(head: ChainHead, action: AuditAction, sha256: Sha256): AuditEntryDto {
  const entry = { ...action, n: head.n + 1, previousHash: head.hash };
  return { ...entry, hash: sha256(canonicalJson(entry)) };
}

/** Walks along a chain from its first entry and finds the first place where it does not hold. */
export class ChainCheck {
  private head = GENESIS;
  private broken: Pick<AuditVerdict, 'firstBroken' | 'fault'> | undefined;
  private checked = 0;

  /** @param anchor - a head that was noted earlier, elsewhere: the chain must reach it and pass through it */
  constructor(
    private readonly sha256: Sha256,
    private readonly anchor?: ChainHead,
  ) {}

  /** Takes the next entry in the order of n. @returns false as soon as the chain is broken */
  take(entry: AuditEntryDto): boolean {
    if (this.broken) return false;
    this.checked += 1;
    const { hash, ...rest } = entry;
    const expected = this.head.n + 1;
    if (entry.n !== expected) return this.breakAt(expected, 'missing');
    if (this.sha256(canonicalJson(rest)) !== hash) return this.breakAt(expected, 'altered');
    if (entry.previousHash !== this.head.hash) return this.breakAt(expected, 'unlinked');
    if (this.anchor?.n === entry.n && this.anchor.hash !== hash) return this.breakAt(expected, 'altered');
    this.head = { n: entry.n, hash };
    return true;
  }

  /** Of all entries taken, after the last one. */
  verdict(): AuditVerdict {
    if (!this.broken && this.anchor && this.head.n < this.anchor.n) this.breakAt(this.head.n + 1, 'cutOff');
    const head = this.head.n > 0 ? { head: this.head } : {};
    return { ok: !this.broken, checked: this.checked, ...this.broken, ...head };
  }

  private breakAt(firstBroken: number, fault: NonNullable<AuditVerdict['fault']>): false {
    this.broken = { firstBroken, fault };
    return false;
  }
}
