import { expect, test } from 'vitest';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import { readInstanceArguments } from './instance-arguments';

const read = (line: string, environment = {}) => readInstanceArguments(line.split(' ').filter(Boolean), environment);

test.each([
  ['backup', { name: 'backup', isJson: false }],
  ['backup --json', { name: 'backup', isJson: true }],
  ['backup list', { name: 'list', isJson: false }],
  ['backup prune', { name: 'prune', isJson: false }],
  ['backup verify', { name: 'verify', backup: undefined, isJson: false }],
  ['backup verify 20260101T000000Z-abcdef', { name: 'verify', backup: '20260101T000000Z-abcdef', isJson: false }],
  ['restore', { name: 'restore', backup: undefined, hasKeys: true, isJson: false }],
  ['restore x --without-keys', { name: 'restore', backup: 'x', hasKeys: false, isJson: false }],
  ['owner', { name: 'owner', teamId: undefined, isJson: false }],
  ['owner 3c0b --json', { name: 'owner', teamId: '3c0b', isJson: true }],
  ['doctor --json', { name: 'doctor', isJson: true }],
])('elder %s is read', (line, command) => {
  expect(read(line)).toEqual({ language: 'en', command });
});

test.each([
  'backup all',
  'backup list x',
  'backup verify x y',
  'restore x y',
  'doctor x',
  'owner x y',
  'doctor --without-keys',
  'doctor --all',
  'doctor --lang de',
  'backup --json=yes',
])('elder %s is wrong, in both languages', (line) => {
  const [en, ja] = [read(line), read(line, { LANG: 'ja_JP.UTF-8' })];

  expect(en).toMatchObject({ language: 'en', command: null, problem: expect.stringMatching(/^[ -~]+$/) });
  expect(ja).toMatchObject({ language: 'ja', command: null, problem: expect.stringMatching(/[ぁ-ん]/) });
});

test('help is asked for in a language', () => {
  expect(read('restore --help --lang ja')).toEqual({ language: 'ja', command: null });
  for (const { usage } of Object.values(INSTANCE_TEXTS)) {
    for (const part of [
      'backup list',
      'backup verify',
      'backup prune',
      'restore',
      'doctor',
      'owner',
      '--without-keys',
      '--json',
    ]) {
      expect(usage).toContain(part);
    }
  }
});
