import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export const ADDRESS_HEADER = 'x-elder-client-address';
/** Where it is not known all askers share one place in the limits. */
export const UNKNOWN_ADDRESS = 'unknown';

// The web process and the bundles of Next.js inside it share one mark; no client can know it.
const shared = globalThis as typeof globalThis & { elderAddressMark?: string };

function mark(): string {
  shared.elderAddressMark ??= randomUUID();
  return shared.elderAddressMark;
}

/** Says where a request came from to handlers that see its headers alone. Overwrites what the client wrote there. */
export function passAddress(request: IncomingMessage, address: string): void {
  request.headers[ADDRESS_HEADER] = `${mark()} ${address}`;
}

/** The address that this process wrote down; whatever a client sent under the name is unknown. */
export function passedAddress(header: unknown): string {
  const start = `${mark()} `;
  return typeof header === 'string' && header.startsWith(start) ? header.slice(start.length) : UNKNOWN_ADDRESS;
}

/** The nearest address that is not one of our proxies: what stands further left in X-Forwarded-For anyone may have written. */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  proxies: BlockList,
): string {
  let address = plainAddress(socketAddress ?? '');
  const hops = (forwardedFor ?? '').split(',').map((hop) => plainAddress(hop.trim()));
  while (address !== null && isIn(proxies, address)) {
    const hop = hops.pop();
    if (!hop) break;
    address = hop;
  }
  return address ?? UNKNOWN_ADDRESS;
}

const GROUPS = 8;
/** Groups of an IPv6 address that name a network; what follows its owner chooses. */
const NETWORK_GROUPS = 4;

/** The address, of IPv6 the network /64: who has one of it has them all. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array.from({ length: GROUPS - groups.length - after.length }, () => '0');
  const network = [...groups, ...zeros, ...after].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** By whom limits count requests of people who are not known: the network of their address. */
export function limitKeyOf(address: string | null | undefined): string {
  return networkOf(address ?? UNKNOWN_ADDRESS);
}

/** Throws on what is neither an address nor a network in CIDR notation. */
export function readNetworks(list: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const item of list) {
    const [address = '', prefix, ...more] = item.split('/');
    const family = isIP(address);
    if (family === 0 || more.length > 0) throw new Error('neither an address nor a network');
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) networks.addAddress(address, type);
    else networks.addSubnet(address, /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1, type);
  }
  return networks;
}

function isIn(networks: BlockList, address: string): boolean {
  return networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 inside IPv6 is IPv4. */
function plainAddress(text: string): string | null {
  const address = text.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? null : address;
}
