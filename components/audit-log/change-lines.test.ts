import { expect, test } from 'vitest';
import { changeLines } from './change-lines';

test('fields that differ have a line each, in the order of their names', () => {
  const lines = changeLines({ role: 'member', name: 'Rin', until: null }, { role: 'admin', name: 'Rin', note: 3 });

  expect(lines).toEqual([
    { name: 'note', before: null, after: '3' },
    { name: 'role', before: 'member', after: 'admin' },
  ]);
});

test('what was made or removed has one side', () => {
  expect(changeLines(null, { name: 'core' })).toEqual([{ name: 'name', before: null, after: 'core' }]);
  expect(changeLines({ tags: ['a'] }, null)).toEqual([{ name: 'tags', before: '["a"]', after: null }]);
  expect(changeLines(null, null)).toEqual([]);
});

test('a bare value is a line without a name', () => {
  expect(changeLines('a', 'b')).toEqual([{ name: '', before: 'a', after: 'b' }]);
});
