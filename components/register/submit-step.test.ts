import { expect, test } from 'vitest';
import type { RegistrationCheck } from '@/lib/schemas/projects';
import { submitStep } from './submit-step';

const ADDRESS = 'https://example.com/x.git';
const passed: RegistrationCheck = {
  repositoryUrl: ADDRESS,
  suggestedName: 'x',
  checks: [],
  duplicateOf: null,
  connection: null,
  initialAnalysis: null,
  canRegister: true,
};

test('without an address there is nothing to ask the server', () => {
  expect(submitStep('', null)).toBe('missing');
  expect(submitStep('', passed)).toBe('missing');
});

test('while the checks run, the wish to register waits for them', () => {
  expect(submitStep(ADDRESS, null)).toBe('wait');
});

test('checks that passed register', () => {
  expect(submitStep(ADDRESS, passed)).toBe('register');
});

test('what is registered already is opened, what was refused is checked again', () => {
  const refused = { ...passed, canRegister: false };

  expect(submitStep(ADDRESS, { ...refused, duplicateOf: { projectId: 'p', projectName: 'x' } })).toBe('open');
  expect(submitStep(ADDRESS, refused)).toBe('check');
});
