import { expect, test } from 'vitest';
import { hiddenColumnsText, parseHiddenColumns } from './columns';

test('the columns left out are kept, and nothing that is no column', () => {
  expect(parseHiddenColumns(hiddenColumnsText(['trend', 'gate']))).toEqual(['trend', 'gate']);
  expect(parseHiddenColumns('project.trend.<script>')).toEqual(['trend']);
  expect(parseHiddenColumns(undefined)).toEqual([]);
});
