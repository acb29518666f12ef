import { expect, test } from 'vitest';
import { namingStyle, oddNames } from './naming-styles';

test.each([
  ['src/rate-table.ts', 'kebab-case'],
  ['src/rate_table.py', 'snake_case'],
  ['src/rateTable.test.ts', 'camelCase'],
  ['src/RateTable.ts', null],
  ['src/useRates.ts', null],
  ['src/rates.ts', null],
  ['src/__init__.py', null],
  ['src/税率-表.ts', null],
])('%s is %s', (path, style) => {
  expect(namingStyle(path)).toBe(style);
});

test('a few odd names stand out, two camps do not', () => {
  const kebab = (count: number) => Array.from({ length: count }, (_, index) => `src/rate-${index}.ts`);

  expect(oddNames([...kebab(8), 'src/taxTable.ts'])).toEqual([
    { path: 'src/taxTable.ts', style: 'camelCase', usual: 'kebab-case' },
  ]);
  expect(oddNames([...kebab(6), 'src/taxTable.ts'])).toEqual([]);
  expect(oddNames([...kebab(8), 'src/aB.ts', 'src/cD.ts', 'src/eF.ts'])).toEqual([]);
  expect(oddNames([...kebab(8), 'src/other/taxTable.ts'])).toEqual([]);
});
