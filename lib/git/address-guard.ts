import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { AppError } from '@/lib/errors';

/** IPv4 that is not the public internet: private, shared, loopback, link-local, cloud metadata, test nets, multicast. */
const RESERVED_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Public IPv6 is 2000::/3 without these. */
const RESERVED_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const reserved = new BlockList();
for (const [net, prefix] of RESERVED_V4) reserved.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of RESERVED_V6) reserved.addSubnet(net, prefix, 'ipv6');

const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address lies on the public internet; forms that carry an IPv4 inside IPv6 do not. */
export function isPublicAddress(address: string): boolean {
  const plain = address.split('%', 1)[0] ?? '';
  if (isIPv4(plain)) return !reserved.check(plain, 'ipv4');
  if (isIP(plain) !== 6) return false;
  return unicast.check(plain, 'ipv6') && !reserved.check(plain, 'ipv6');
}

export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

export interface AddressRules {
  allowLocal?: boolean;
  /** `host` or `host:port` inside the company that an administrator allows. */
  allowedHosts?: readonly string[];
}

type Resolve = (host: string) => Promise<readonly { address: string }[]>;

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Resolves a host once and returns the address that Git must use, so that a second answer changes nothing.
 * One private address among public ones refuses them all.
 */
export async function pinAddress(
  { host, port }: { host: string; port: number },
  rules: AddressRules = {},
  resolve: Resolve = resolveAll,
): Promise<string> {
  const authority = host.includes(':') ? `[${host}]` : host;
  const isAllowed = (rules.allowedHosts ?? []).some((one) => one === authority || one === `${authority}:${port}`);
  const answers = isIP(host) ? [{ address: host }] : await resolveOrThrow(host, resolve);
  const [first] = answers;
  if (!first) throw new AppError('repository_host_unknown', 'the host has no address');
  const isEveryFit = answers.every(
    ({ address }) => isAllowed || isPublicAddress(address) || (rules.allowLocal === true && isLoopback(address)),
  );
  if (!isEveryFit) throw new AppError('repository_address_refused', 'the host has an address that is not public');
  return first.address;
}

async function resolveOrThrow(host: string, resolve: Resolve): Promise<readonly { address: string }[]> {
  try {
    return await resolve(host);
  } catch (cause) {
    throw new AppError('repository_host_unknown', 'the host has no address', { cause });
  }
}
