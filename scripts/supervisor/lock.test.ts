import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertUnlocked, lockDataDirectory } from './lock';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'elder-lock-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('keeps others out until it is given up', () => {
  const lock = lockDataDirectory(directory);

  expect(() => lockDataDirectory(directory)).toThrow('Another Ancient Elder');
  expect(() => assertUnlocked(directory)).toThrow('Another Ancient Elder');
  lock[Symbol.dispose]();
  expect(() => lockDataDirectory(directory)).not.toThrow();
});

test.each([
  ['of a process that is gone', '4194303 12345\n'],
  ['of another process that has the same number', `${process.pid} 1\n`],
  ['that holds nonsense', 'x'],
])('takes over a lock %s', (_, content) => {
  writeFileSync(path.join(directory, 'lock'), content);

  lockDataDirectory(directory);

  expect(readFileSync(path.join(directory, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
});

test('leaves the lock of a later start alone', () => {
  const lock = lockDataDirectory(directory);
  writeFileSync(path.join(directory, 'lock'), '1 1\n');

  lock[Symbol.dispose]();

  expect(existsSync(path.join(directory, 'lock'))).toBe(true);
});
