import { expect, test } from 'vitest';
import { arrived, type FilterDraft, handedOn } from './filter-draft';

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
