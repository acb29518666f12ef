import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { ADDRESS_HEADER, clientAddress, networkOf, passAddress, passedAddress, readNetworks } from './client-address';

const NONE = readNetworks([]);
const PROXIES = readNetworks(['10.0.0.0/8', 'fd00::/8', '192.0.2.7']);

describe('the address of a client', () => {
  test.each([
    ['the connection’s, whatever it says of others', '203.0.113.5', '198.51.100.1', NONE, '203.0.113.5'],
    ['what a trusted proxy forwards', '10.1.2.3', '198.51.100.1', PROXIES, '198.51.100.1'],
    ['the last one that is no proxy', '10.1.2.3', '1.1.1.1, 198.51.100.1, 192.0.2.7', PROXIES, '198.51.100.1'],
    ['the proxy’s when it forwards nothing', '10.1.2.3', undefined, PROXIES, '10.1.2.3'],
    ['the proxy’s when it forwards no address', '10.1.2.3', 'a.example', PROXIES, '10.1.2.3'],
    ['that of IPv4 inside IPv6', '::ffff:10.1.2.3', '::ffff:198.51.100.1', PROXIES, '198.51.100.1'],
    ['one of IPv6', 'fd12::1', '2001:db8::1', PROXIES, '2001:db8::1'],
    ['unknown without a connection', undefined, '198.51.100.1', PROXIES, 'unknown'],
  ])('is %s', (_, socket, forwarded, proxies, expected) => {
    expect(clientAddress(socket, forwarded, proxies)).toBe(expected);
  });
});

test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/a', 'proxy', '', '1.2.3.4/24/8'])('%j is no network', (item) => {
  expect(() => readNetworks([item])).toThrow();
});

test('a header is believed when this process wrote it, and never when a client did', () => {
  const request = { headers: { [ADDRESS_HEADER]: '198.51.100.1' } } as unknown as IncomingMessage;
  const fromClient = passedAddress(request.headers[ADDRESS_HEADER]);

  passAddress(request, '203.0.113.5');

  expect(fromClient).toBe('unknown');
  expect(passedAddress(request.headers[ADDRESS_HEADER])).toBe('203.0.113.5');
});

test.each([
  ['203.0.113.5', '203.0.113.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
