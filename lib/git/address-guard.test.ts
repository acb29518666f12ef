import { describe, expect, test } from 'vitest';
import { isLoopback, isPublicAddress, pinAddress } from './address-guard';

describe('isPublicAddress', () => {
  test.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '168.63.129.16',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'ff02::1',
    'not-an-address',
    '',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '140.82.112.3', '172.32.0.1', '100.128.0.1', '2606:50c0:8000::153', '2a04:4e42::81'])(
    'accepts %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

test('knows loopback by name and by address', () => {
  expect(['localhost', 'a.localhost', '127.8.8.8', '::1'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['localhost.example.com', '10.0.0.1', '::2'].map(isLoopback)).toEqual([false, false, false]);
});

describe('pinAddress', () => {
  const answering =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address }));

  test('returns the first public address of a name', async () => {
    const address = await pinAddress({ host: 'git.example.com', port: 443 }, {}, answering('140.82.112.3', '8.8.8.8'));

    expect(address).toBe('140.82.112.3');
  });

  test('refuses a name with one private address among public ones', async () => {
    const pinned = pinAddress({ host: 'git.example.com', port: 443 }, {}, answering('140.82.112.3', '10.0.0.1'));

    await expect(pinned).rejects.toMatchObject({ code: 'repository_address_refused' });
  });

  test('refuses an address written in the URL as it refuses a resolved one', async () => {
    await expect(pinAddress({ host: '::ffff:10.0.0.1', port: 443 })).rejects.toMatchObject({
      code: 'repository_address_refused',
    });
  });

  test('lets an administrator allow one host and port and no other', async () => {
    const rules = { allowedHosts: ['git.corp:8443'] };
    const resolve = answering('10.0.0.7');

    expect(await pinAddress({ host: 'git.corp', port: 8443 }, rules, resolve)).toBe('10.0.0.7');
    await expect(pinAddress({ host: 'git.corp', port: 443 }, rules, resolve)).rejects.toThrow();
    await expect(pinAddress({ host: 'db.corp', port: 8443 }, rules, resolve)).rejects.toThrow();
  });

  test('allows loopback and no other private address when local repositories are on', async () => {
    const rules = { allowLocal: true };

    expect(await pinAddress({ host: '127.0.0.1', port: 8080 }, rules)).toBe('127.0.0.1');
    await expect(pinAddress({ host: '10.0.0.1', port: 8080 }, rules)).rejects.toThrow();
  });

  test('names a host that does not resolve', async () => {
    const failing = async () => {
      throw new Error('ENOTFOUND');
    };

    await expect(pinAddress({ host: 'nowhere.example', port: 443 }, {}, failing)).rejects.toMatchObject({
      code: 'repository_host_unknown',
    });
    await expect(pinAddress({ host: 'empty.example', port: 443 }, {}, answering())).rejects.toMatchObject({
      code: 'repository_host_unknown',
    });
  });
});
