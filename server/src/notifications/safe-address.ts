import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that no message may go to: of this link (where clouds answer with the credentials of the machine), the same
 * services at their other known places, and what is no single machine at all. A plant's own private networks are allowed.
 */
const FORBIDDEN = new BlockList();
for (const [net, prefix] of [
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['0.0.0.0', 8],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  FORBIDDEN.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['fe80::', 10],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  ['::', 128],
  ['ff00::', 8],
  ['64:ff9b::a9fe:0', 112],
] as const) {
  FORBIDDEN.addSubnet(net, prefix, 'ipv6');
}

export class ForbiddenAddressError extends Error {
  readonly code = 'forbidden_address';

  constructor(host: string, address: string) {
    super(`${host === address ? host : `${host} (${address})`} is an address that messages must not go to`);
  }
}

/** @param address - IPv4, or IPv6 without brackets */
export function isForbidden(address: string): boolean {
  const family = isIP(address);
  return family === 0 || FORBIDDEN.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** @throws ForbiddenAddressError where `host` is itself such an address; names are judged when they are looked up */
export function assertAllowed(host: string): void {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && isForbidden(bare)) throw new ForbiddenAddressError(bare, bare);
}

/** Looks a name up for a connection and judges the very addresses that it will use, so that none can be put in its place. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const bad = addresses.find(({ address }) => isForbidden(address));
    if (bad) return callback(new ForbiddenAddressError(hostname, bad.address), '', 0);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first?.address ?? '', first?.family);
  });
};
