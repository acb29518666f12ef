import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type LockFile, missingOptionalPackages } from './missing';

test('the lock file holds the optional packages of every platform', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;

  expect(Object.keys(missingOptionalPackages(lock))).toEqual([]);
});

test('the lock file names no registry, so that any mirror serves it', () => {
  const lock = readFileSync('package-lock.json', 'utf8');

  expect(lock).not.toMatch(/"resolved"|https?:\/\/(?:localhost|127\.|10\.|192\.168\.)/);
});

test('describes what is missing by the platform its name tells', () => {
  const lock: LockFile = {
    packages: {
      'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies: { '@tool/linux-arm64-musl': '1.0.0' } },
    },
  };

  expect(missingOptionalPackages(lock)).toEqual({
    'node_modules/@tool/linux-arm64-musl': {
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    },
  });
});

test('finds a package that is locked beside the one that asks for it', () => {
  const lock: LockFile = {
    packages: {
      'node_modules/a/node_modules/b': { optionalDependencies: { c: '1.0.0' } },
      'node_modules/a/node_modules/c': { version: '1.0.0' },
    },
  };

  expect(missingOptionalPackages(lock)).toEqual({});
});
