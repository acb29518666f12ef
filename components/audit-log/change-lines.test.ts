import { expect, test } from 'vitest';
import { changeLines } from './change-lines';

test('fields that differ have a line each, in the order of their names', () => {
  const before = { role: 'member', name: 'Rin', until: null };

  expect(changeLines({ before, after: { role: 'admin', name: 'Rin', note: 3 } })).toEqual([
    { field: 'note', before: null, after: 3 },
    { field: 'role', before: 'member', after: 'admin' },
  ]);
});

test('what was made or removed is told as it is or was', () => {
  expect(changeLines({ before: null, after: { name: 'core' } })).toEqual([
    { field: 'name', before: null, after: 'core' },
  ]);
  expect(changeLines({ before: { tags: ['a'] }, after: null })).toEqual([
    { field: 'tags', before: null, after: ['a'] },
  ]);
  expect(changeLines({ before: null, after: null, detail: {} })).toEqual([]);
});

test('a bare value is a line without a name', () => {
  expect(changeLines({ before: 'a', after: 'b' })).toEqual([{ field: '', before: 'a', after: 'b' }]);
});

test('a verdict is told with its reason and last day, and the reason once', () => {
  const verdict = { verdict: 'accepted', reason: 'behind the firewall', until: '2027-05-31' };
  const detail = { changeId: 'c', findings: 1, projects: ['p'] };

  expect(changeLines({ before: { verdict: null }, after: { verdict, reason: verdict.reason }, detail }, true)).toEqual([
    { field: 'reason', before: null, after: 'behind the firewall' },
    { field: 'until', before: null, after: '2027-05-31' },
    { field: 'verdict', before: null, after: 'accepted' },
  ]);
  expect(changeLines({ before: { verdict }, after: { verdict: null } }).at(-1)).toEqual({
    field: 'verdict',
    before: 'accepted',
    after: null,
  });
});

test('how many findings and which projects is said unless the target says it', () => {
  const sides = { before: null, after: null, detail: { changeId: 'c', findings: 12, projects: ['p', 'q'] } };

  expect(changeLines(sides, true).map(({ field }) => field)).toEqual(['findings', 'projects']);
  expect(changeLines({ ...sides, detail: { findings: 1, projectId: 'p' } }, true)).toEqual([]);
  expect(changeLines({ ...sides, detail: { projectId: 'p' } }, false)).toHaveLength(1);
});
