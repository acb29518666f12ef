import { expect, test } from 'vitest';
import { BranchPattern } from '@/lib/schemas/configuration';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { auditedBranches } from './audited-branches';

test('the own branch is audited, whatever it is called, and nothing else unless somebody says so', () => {
  const audited = auditedBranches('wip/[odd]', []);

  expect(audited.patterns).toEqual(['wip/[odd]']);
  expect([audited.has('wip/[odd]'), audited.has('main'), audited.has('wip/o')]).toEqual([true, false, false]);
});

test.each([
  ['release/*', ['release/1', 'release/1.x'], ['release', 'release/1/hot', 'prerelease/1']],
  ['hotfix-*', ['hotfix-', 'hotfix-3'], ['hotfix', 'hotfix-3/a', 'a/hotfix-3']],
  ['**', ['main', 'a/b/c'], []],
  ['team/**/main', ['team/main', 'team/a/main', 'team/a/b/main'], ['team', 'main', 'team/a/next']],
  ['next', ['next'], ['nextt', 'x/next']],
  ['機能/*', ['機能/支払い'], ['機能']],
])('%s', (pattern, audited, others) => {
  const { has } = auditedBranches('main-line', [BranchPattern.parse(pattern)]);

  expect(audited.filter((branch) => !has(branch))).toEqual([]);
  expect(others.filter(has)).toEqual([]);
});

test.each(['', '   ', '/main', '../main', 'a[bc]', '(a|b)+', '!main', 'a\nb', 'x'.repeat(251), 'a**'])(
  'refuses %j',
  (pattern) => {
    expect(BranchPattern.safeParse(pattern).success).toBe(false);
  },
);

test('a hostile pattern costs no more than its length', () => {
  const { has } = auditedBranches('main', Array(50).fill(`${'*a'.repeat(120)}b`));
  const branch = 'a'.repeat(250);

  const before = cpuTimeMs();
  for (let at = 0; at < 200; at++) has(branch);

  expect(cpuTimeMs() - before).toBeLessThan(2_000);
});
