import { expect, test } from 'vitest';
import { addFates, countFates, noFates } from './fates';

const at = (path: string, startLine: number, fingerprint: string, formerFingerprint?: string) => ({
  ruleId: 'strict/no-x',
  path,
  startLine,
  fingerprint,
  ...(formerFingerprint !== undefined && { formerFingerprint }),
});
const twoDown = ({ path, line }: { path: string; line: number }) =>
  line === 9 ? null : { path: path.replace('old', 'new'), line: line + 2, isTouched: path !== 'still' };

test('tells what became of each finding whose line is still there, apart by what became of its file', () => {
  const older = [
    at('a', 1, 'k'),
    at('a', 2, 'l'),
    at('a', 3, 's'),
    at('a', 9, 'g'),
    at('old', 1, 'f'),
    at('old', 2, 'm'),
    at('still', 1, 'u'),
  ];
  const newer = [
    at('a', 3, 'k'),
    at('a', 4, 'other'),
    at('new', 3, 'f2', 'f'),
    at('new', 4, 'm2'),
    at('still', 3, 'u'),
  ];

  expect(countFates(older, newer, twoDown)).toEqual({
    untouched: { kept: 1, followed: 0, lost: 0, silent: 0 },
    changed: { kept: 1, followed: 0, lost: 1, silent: 1 },
    moved: { kept: 0, followed: 1, lost: 1, silent: 0 },
  });
});

test('the report of another rule at the line is no report of this one', () => {
  const newer = [{ ...at('a', 3, 'x'), ruleId: 'strict/no-y' }];

  expect(countFates([at('a', 1, 'k')], newer, twoDown).changed).toMatchObject({ lost: 0, silent: 1 });
});

test('fates add up', () => {
  const one = countFates([at('a', 1, 'k')], [at('a', 3, 'k')], twoDown);

  expect(addFates(addFates(noFates(), one), one).changed.kept).toBe(2);
});
