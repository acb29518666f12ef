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
  initialAnalysis: null,
  canRegister: false,
};

test('before an address is given every check waits', () => {
  expect(checkLines(null, false).map(({ outcome }) => outcome)).toEqual(Array(5).fill('waiting'));
});

test('while the server checks, nothing looks decided', () => {
  expect(checkLines(null, true).map(({ outcome }) => outcome)).toEqual(Array(5).fill('running'));
});

test('checks that were not reached wait behind the one that failed', () => {
  expect(checkLines(refused, false).map(({ outcome }) => outcome)).toEqual([
    'passed',
    'failed',
    'waiting',
    'waiting',
    'waiting',
  ]);
});

test('a policy that nobody can choose is not recommended', () => {
  const policy = { id: 'policy', outcome: 'passed', detail: { id: 'policy_recommended', data: {} } } as const;

  const lines = checkLines({ ...refused, checks: [...refused.checks, policy] }, false);

  expect(lines.map(({ detail }) => detail?.id)).not.toContain('policy_recommended');
});
