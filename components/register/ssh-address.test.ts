import { expect, test } from 'vitest';
import type { RegistrationCheck } from '@/lib/schemas/projects';
import { isSshAddress, unknownHostOf } from './ssh-address';

test.each([
  ['git@github.com:a/b.git', true],
  [' ssh://git@git.example.com:7999/a/b', true],
  ['elders@vs-ssh.visualstudio.com:v3/a/b/c', true],
  ['ssh://', false],
  ['https://git@github.com/a/b', false],
  ['github.com/a/b', false],
  ['/srv/a@b:c', false],
  ['', false],
])('%j is an address of ssh: %s', (address, isSsh) => {
  expect(isSshAddress(address)).toBe(isSsh);
});

test('the host that nobody confirmed is that of the failed check', () => {
  const check = (id: string, data: Record<string, string>) =>
    ({ checks: [{ id: 'reachable', outcome: 'failed', detail: { id, data } }] }) as unknown as RegistrationCheck;

  expect(unknownHostOf(check('repository_host_key_unknown', { host: 'git.example.com' }))).toBe('git.example.com');
  expect(unknownHostOf(check('repository_host_key_changed', { host: 'git.example.com' }))).toBe('git.example.com');
  expect(unknownHostOf(check('repository_auth_required', { host: 'git.example.com' }))).toBeNull();
  expect(unknownHostOf(null)).toBeNull();
});
