import { expect, test } from 'vitest';
import { CHANGE_ACTIONS } from '@/lib/schemas/change-actions';
import { parseLogFilter } from './filter';

test('every action can be asked for by the address', () => {
  for (const action of CHANGE_ACTIONS) expect(parseLogFilter(new URLSearchParams({ action }))).toEqual({ action });
});

test('what is no action is left out', () => {
  expect(parseLogFilter(new URLSearchParams({ action: 'a b' }))).toEqual({ action: null });
});
