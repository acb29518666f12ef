import { sign, verify } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { fingerprintOf, readHostKey } from './host-key';
import { newSshKey } from './new-key';
import { placeOf } from './place';
import { publishedHostKeys } from './published-host-keys';

describe('keys of public hosts', () => {
  // As the hosts tell them in their documentation.
  test.each([
    [
      'github.com',
      [
        'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
        'SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
        'SHA256:uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
      ],
    ],
    [
      'gitlab.com',
      [
        'SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
        'SHA256:HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw',
        'SHA256:ROQFvPThGrW4RuWLoL9tq9I9zJ42fK4XywyRtbOz/EQ',
      ],
    ],
    [
      'bitbucket.org',
      [
        'SHA256:ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM',
        'SHA256:FC73VB6C4OQLSCrjEayhMp9UMxS97caD/Yyi2bhW/J0',
        'SHA256:46OSHA1Rmj8E8ERTC6xkNcmGOw9oFxYr0WF6zWW8l1E',
      ],
    ],
    ['ssh.dev.azure.com', ['SHA256:ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og']],
  ])('%s', (host, published) => {
    expect(publishedHostKeys(host).map(fingerprintOf)).toEqual(published);
  });
});

test('a new key is one that SSH reads, and its halves belong together', () => {
  const { publicKey, privateKey } = newSshKey('ancient-elder-1');

  const read = ssh2.utils.parseKey(privateKey);

  if (read instanceof Error) throw read;
  const [type, key] = publicKey.split(' ');
  expect(publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/=]+ ancient-elder-1$/);
  expect(`${read.type} ${read.getPublicSSH().toString('base64')} ${read.comment}`).toBe(publicKey);
  expect(readHostKey(publicKey)).toEqual({ type, key });
  const text = Buffer.from('hello');
  expect(verify(null, text, read.getPublicPEM(), sign(null, text, read.getPrivatePEM()))).toBe(true);
  expect(newSshKey('x').publicKey).not.toBe(newSshKey('x').publicKey);
});

test.each([
  '',
  'ssh-ed25519',
  'ssh-dss AAAAB3NzaC1kc3MAAACB',
  'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  'ssh-ed25519 ****',
  `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5${'A'.repeat(5_000)}`,
  'ssh-ed25519 AAAA',
])('%j is the key of no host', (line) => {
  expect(readHostKey(line)).toBeNull();
});

test.each([
  ['git.example.com', null, 'git.example.com'],
  ['git.example.com', 22, 'git.example.com'],
  ['git.example.com', 7999, '[git.example.com]:7999'],
  ['::1', 7999, '[::1]:7999'],
])('%s at port %s is called %s', (host, port, place) => {
  expect(placeOf({ host, port })).toBe(place);
});
