import { expect, test } from 'vitest';
import { emptinessProblems, policyProblems, withReadOptions } from './check-policy';
import { Policy } from './policy';
import { MAGIC_IDS } from './types';

const problemsOf = (settings: object) => policyProblems(Policy.parse(settings));

test('the default policy has no problem', () => {
  expect(problemsOf({})).toEqual([]);
  expect(emptinessProblems(Policy.parse({}))).toEqual([]);
});

test('a rule that does not exist is named with the nearest that do', () => {
  const [problem, ...others] = problemsOf({ rules: { 'strict/no-long-functions': { isEnabled: false } } });

  expect(problem?.field).toBe('rules.strict/no-long-functions');
  expect(problem?.problem).toContain('perhaps strict/no-long-function');
  expect(others).toEqual([]);
  expect(problemsOf({ rules: { zzzzzzzzzz: {} } })).toEqual([{ field: 'rules.zzzzzzzzzz', problem: 'no such rule' }]);
});

test('options are read by the schema of their rule, which says where they are wrong', () => {
  const rules = {
    'git/has-short-subject': { options: { maxLength: 10 } },
    'tdd/has-assertion': { options: { helpers: [3] } },
  };

  expect(problemsOf({ rules }).map(({ field }) => field)).toEqual([
    'rules.git/has-short-subject.options.maxLength',
    'rules.tdd/has-assertion.options.helpers.0',
  ]);
});

test('an option that the rule does not have is named', () => {
  const rules = {
    'git/has-short-subject': { options: { maxLenght: 50 } },
    'strict/no-secret': { options: { any: 1 } },
  };

  expect(problemsOf({ rules })).toMatchObject([
    { field: 'rules.git/has-short-subject.options.maxLenght', problem: 'no such option; perhaps maxLength' },
    { field: 'rules.strict/no-secret.options.any' },
  ]);
});

test.each(['/abs', '../up', 'a{b,c}', 'src/(a+)+$', ''])('%s is no glob', (glob) => {
  const fields = problemsOf({ ignorePaths: [glob] }).map(({ field }) => field);

  expect(fields).toEqual(['ignorePaths.0']);
});

test('path rules name what is wrong in them', () => {
  const pathRules = [{ glob: 'src/**', rulesOff: ['integrity/no-stubs'] }, { glob: '/src' }];

  expect(problemsOf({ pathRules }).map(({ field }) => field)).toEqual(['pathRules.0.rulesOff.0', 'pathRules.1.glob']);
});

test('a policy that asks no magic is refused', () => {
  const magics = Object.fromEntries(MAGIC_IDS.map((magic) => [magic, { isEnabled: magic === 'tdd', weight: 0 }]));

  expect(emptinessProblems(Policy.parse({ magics }))).toMatchObject([{ field: 'magics' }]);
});

test('nothing is kept of options that no schema knows', () => {
  const rules = {
    'tdd/has-assertion': { options: { helpers: ['seeScreen'] } },
    'integrity/no-stub': { isEnabled: false },
  };

  expect(withReadOptions(rules)).toEqual(rules);
});
