import { expect, test } from 'vitest';
import { changesBetween, clashesOf, withChanges } from './changes';
import { isSilent } from './silent-changes';

const base = {
  strictness: 0.8,
  focusAreas: ['tdd'],
  magics: {} as Record<string, unknown>,
  rules: { 'strict/no-secret': { severity: 'high', options: { most: 3 } } } as Record<string, unknown>,
  schedule: null as unknown,
  gate: { newCode: { since: 'tag', tag: 'v1' } as unknown, health: { warn: 75, fail: 60 } },
};

test('each setting that differs is one change', () => {
  const next = {
    ...base,
    strictness: 0.9,
    focusAreas: ['tdd', 'flow'],
    rules: { 'strict/no-secret': { severity: 'low', options: { most: 3 } }, 'tdd/has-tests': { isEnabled: false } },
  };

  expect(changesBetween(base, next)).toEqual([
    { path: ['strictness'], before: 0.8, after: 0.9 },
    { path: ['focusAreas'], before: ['tdd'], after: ['tdd', 'flow'] },
    { path: ['rules', 'strict/no-secret', 'severity'], before: 'high', after: 'low' },
    { path: ['rules', 'tdd/has-tests', 'isEnabled'], before: undefined, after: false },
  ]);
});

test('what makes sense only as a whole is one change', () => {
  const next = {
    ...base,
    schedule: { cron: '0 3 * * *' },
    gate: { ...base.gate, newCode: { since: 'date', date: '2027-01-01' } },
  };

  expect(changesBetween(base, next).map(({ path }) => path.join('.'))).toEqual(['schedule', 'gate.newCode']);
});

test('an empty entry is no change, whatever the order of names', () => {
  expect(changesBetween({ a: 1, b: 2, rules: {} }, { b: 2, a: 1, rules: { x: {} } })).toEqual([]);
});

test('changes make one configuration of the other, and leave nothing empty behind', () => {
  const next = { ...base, strictness: 1, rules: {}, magics: { tdd: { isEnabled: false } }, schedule: { cron: 'x' } };

  const there = withChanges(base, changesBetween(base, next));
  const back = withChanges(there, changesBetween(there, base));

  expect(there).toEqual(next);
  expect(back).toEqual(base);
});

test('two people clash where they set the same to different values', () => {
  const mine = changesBetween(base, { ...base, strictness: 0.9, focusAreas: ['git'], schedule: { cron: 'a' } });
  const theirs = changesBetween(base, { ...base, strictness: 0.7, focusAreas: ['git'] });

  expect(clashesOf(mine, theirs).map(({ path }) => path.join('.'))).toEqual(['strictness']);
});

test('writing down what holds anyway is no change', () => {
  const magics = [{ magic: 'tdd' as const, weight: 15, title: { en: '', ja: '' }, rules: 22 }];
  const silent = (name: string, before: unknown, after: unknown) =>
    isSilent({ path: ['magics', 'tdd', name], before, after }, { magics });

  expect(silent('isEnabled', undefined, true)).toBe(true);
  expect(silent('weight', undefined, 15)).toBe(true);
  expect(silent('isEnabled', undefined, false)).toBe(false);
  expect(silent('weight', undefined, 16)).toBe(false);
});
