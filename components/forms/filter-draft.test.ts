import { expect, test } from 'vitest';
import { arrived, type FilterDraft, handedOn, isOverwritten } from './filter-draft';

const EMPTY: FilterDraft = { text: '', value: '', sent: [] };
const typed = (draft: FilterDraft, text: string): FilterDraft => ({ ...draft, text });

test('what was typed while an earlier text was on its way stays', () => {
  const draft = typed(handedOn(typed(EMPTY, 'vi'), 'vi'), 'vite');

  expect(arrived(draft, 'vi')).toEqual({ text: 'vite', value: 'vi', sent: [] });
});

test('of two texts on their way the first one back changes nothing', () => {
  const draft = handedOn(typed(handedOn(typed(EMPTY, 'vi'), 'vi'), 'vitest'), 'vitest');

  const first = arrived(draft, 'vi');

  expect(first).toEqual({ text: 'vitest', value: 'vi', sent: ['vitest'] });
  expect(arrived(first, 'vitest')).toEqual({ text: 'vitest', value: 'vitest', sent: [] });
});

test('going back in history shows what the address says', () => {
  const draft = arrived(handedOn(typed(EMPTY, 'vitest'), 'vitest'), 'vitest');

  expect(arrived(draft, '')).toEqual(EMPTY);
});

test('spaces at the end stay while one types on', () => {
  const draft = handedOn(typed(EMPTY, 'two '), 'two');

  expect(arrived(draft, 'two').text).toBe('two ');
});

test('a text that the address already says is not waited for', () => {
  expect(handedOn({ text: 'vi ', value: 'vi', sent: [] }, 'vi').sent).toEqual([]);
});

test('a page that arrives late does not take away what is being typed', () => {
  const echoed = arrived(handedOn(typed(EMPTY, 'vi'), 'vi'), 'vi');
  const late = arrived(echoed, '');

  expect(late.text).toBe('');
  expect(isOverwritten({ text: 'vi', at: 1_000 }, late, 1_300)).toBe(true);
  expect(isOverwritten({ text: 'vi', at: 1_000 }, echoed, 1_300)).toBe(false);
});

test.each([
  ['nothing was typed', null],
  ['it was emptied', { text: '', at: 1_000 }],
  ['it was typed long ago', { text: 'vi', at: -9_000 }],
])('an address that arrives counts where %s', (_, last) => {
  expect(isOverwritten(last, arrived({ ...EMPTY, text: 'vi', value: 'vi' }, ''), 1_300)).toBe(false);
});
