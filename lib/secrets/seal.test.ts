import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encryptionKeyOf, keyRingOf, readEncryptionKey, readEncryptionKeys } from './key-ring';
import { keyIdOf, openSecret, type SecretPlace, sealSecret } from './seal';

const newKey = () => encryptionKeyOf(randomBytes(32));
const PLACE: SecretPlace = { teamId: 'team-a', table: 'connections', rowId: 'row-1', column: 'secret' };

describe('a sealed secret', () => {
  test('opens in its own place with what was sealed', () => {
    const ring = keyRingOf(newKey(), []);

    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(openSecret(ring, PLACE, sealSecret(ring, PLACE, text))).toBe(text);
      }),
    );
  });

  test('does not hold the text, and differs each time', () => {
    const ring = keyRingOf(newKey(), []);

    const [one, other] = [sealSecret(ring, PLACE, 'ghp_canary'), sealSecret(ring, PLACE, 'ghp_canary')];

    expect(one).not.toContain('ghp_canary');
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('ghp_canary');
    expect(one).not.toBe(other);
  });

  test.each<Partial<SecretPlace>>([
    { teamId: 'team-b' },
    { table: 'notification_channels' },
    { rowId: 'row-2' },
    { column: 'webhook_secret' },
  ])('does not open in another place: %o', (moved) => {
    const ring = keyRingOf(newKey(), []);
    const sealed = sealSecret(ring, PLACE, 'secret');

    expect(() => openSecret(ring, { ...PLACE, ...moved }, sealed)).toThrow(/does not open/);
  });

  test('does not open when any of its bytes was changed', () => {
    const ring = keyRingOf(newKey(), []);
    const sealed = sealSecret(ring, PLACE, 'a secret');
    const [version = '', keyId = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');

    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openSecret(ring, PLACE, `${version}.${keyId}.${changed.toString('base64url')}`)).toThrow(
        /does not open/,
      );
    }
    expect(() => openSecret(ring, PLACE, `${version}.${keyId}.AAAA`)).toThrow(/does not open/);
    expect(() => openSecret(ring, PLACE, 'ghp_plain')).toThrow(/does not open/);
  });

  test('opens with a key that was current before, and names one that is gone', () => {
    const [old, current] = [newKey(), newKey()];
    const sealed = sealSecret(keyRingOf(old, []), PLACE, 'secret');

    expect(keyIdOf(sealed)).toBe(old.id);
    expect(openSecret(keyRingOf(current, [old]), PLACE, sealed)).toBe('secret');
    expect(() => openSecret(keyRingOf(current, []), PLACE, sealed)).toThrow(old.id);
  });
});

describe('a key that a person gives', () => {
  const bytes = randomBytes(32);

  test.each([bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])('is read: %s', (text) => {
    expect(readEncryptionKey(text)?.bytes.equals(bytes)).toBe(true);
  });

  test.each([
    '',
    'changeme',
    'a'.repeat(64),
    '0'.repeat(64),
    '0123456789abcdef'.repeat(4),
    'correct horse battery staple, correct horse',
    bytes.subarray(1).toString('hex'),
    bytes.toString('hex').slice(1),
  ])('is refused: %s', (text) => {
    expect(readEncryptionKey(text)).toBeNull();
  });

  test('is refused with the whole list', () => {
    expect(readEncryptionKeys(`${bytes.toString('hex')}, ${randomBytes(32).toString('hex')}`)).toHaveLength(2);
    expect(readEncryptionKeys(`${bytes.toString('hex')}, nonsense`)).toBeNull();
  });
});
