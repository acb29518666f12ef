import { expect, test } from 'vitest';
import type { FindingView } from '@/lib/schemas/findings';
import { groupFindings } from './group-findings';
import { hostLink } from './host-link';

const finding = (ruleId: string, path: string | null) =>
  ({ ruleId, path, findingId: `${ruleId}${path}` }) as FindingView;

test('groups keep the order in which their first finding comes', () => {
  const findings = [finding('strict/a', 'x.ts'), finding('git/b', null), finding('strict/a', 'y.ts')];

  const groups = groupFindings(findings, 'rule');

  expect(groups.map(({ key, findings: members }) => [key, members.length])).toEqual([
    ['strict/a', 2],
    ['git/b', 1],
  ]);
});

test('findings about no file are a group of their own', () => {
  const groups = groupFindings([finding('git/b', null), finding('strict/a', 'x.ts')], 'file');

  expect(groups.map(({ key }) => key)).toEqual([null, 'x.ts']);
});

test('without grouping there is one group', () => {
  expect(groupFindings([finding('git/b', null), finding('strict/a', 'x.ts')], 'none')).toHaveLength(1);
});

test('a line at GitHub has an address', () => {
  expect(hostLink('https://github.com/vuejs/core.git', 'abc', 'src/a b.ts', 7)).toBe(
    'https://github.com/vuejs/core/blob/abc/src/a%20b.ts#L7',
  );
});

test('hosts that are not known, paths and other protocols have none', () => {
  expect(hostLink('https://git.example.org/a/b', 'abc', 'x.ts', 1)).toBeNull();
  expect(hostLink('/srv/git/a', 'abc', 'x.ts', 1)).toBeNull();
  expect(hostLink('javascript:alert(1)//github.com', 'abc', 'x.ts', 1)).toBeNull();
});
