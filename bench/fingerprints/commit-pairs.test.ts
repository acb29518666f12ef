import { expect, test } from 'vitest';
import { parseRaw } from './commit-pairs';

test('reads changed, moved, deleted and new files as Git lists them', () => {
  const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
  const fields = [
    `:100644 100644 ${one} ${two} M`,
    'a.ts',
    `:100644 100644 ${one} ${two} R090`,
    'old name.ts',
    'new.ts',
    `:100644 000000 ${one} ${two} D`,
    'gone.ts',
    `:000000 100644 ${one} ${two} A`,
    'added.ts',
  ];

  expect(parseRaw(`${fields.join('\0')}\0`)).toEqual([
    { from: { path: 'a.ts', blob: one }, to: { path: 'a.ts', blob: two } },
    { from: { path: 'old name.ts', blob: one }, to: { path: 'new.ts', blob: two } },
    { from: { path: 'gone.ts', blob: one }, to: null },
  ]);
});
