import { expect, test } from 'vitest';
import type { RegistrationCheck } from '@/lib/schemas/projects';
import { checkLines } from './check-lines';

const refused: RegistrationCheck = {
  repositoryUrl: 'https://example.com/x.git',
  suggestedName: 'x',
  checks: [
    { id: 'address', outcome: 'passed', detail: { id: 'address_ok', data: {} } },
    { id: 'reachable', outcome: 'failed', detail: { id: 'repository_auth_required', data: {} } },
  ],
  duplicateOf: null,
  connection: null,
  initialAnalysis: null,
  canRegister: false,
};

test('before an address is given every check waits', () => {
  expect(checkLines(null, false).map(({ outcome }) => outcome)).toEqual(Array(6).fill('waiting'));
});

test('while the server checks, nothing looks decided', () => {
  expect(checkLines(null, true).map(({ outcome }) => outcome)).toEqual(Array(6).fill('running'));
});

test('checks that were not reached wait behind the one that failed', () => {
  expect(checkLines(refused, false).map(({ outcome }) => outcome)).toEqual([
    'passed',
    'failed',
    'waiting',
    'waiting',
    'waiting',
    'waiting',
  ]);
});
