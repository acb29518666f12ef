import { expect, test } from 'vitest';
import { CLI_TEXTS } from './cli';

test('a patch is told by what it takes away, and the rest only where there is one', () => {
  const { en, ja } = CLI_TEXTS;

  expect(en.fixed(0, 0, 0)).toBe('there is nothing to fix: these rules found nothing');
  expect(en.fixed(0, 1, 0)).toBe('the patch is empty: 1 finding of these rules needs a person');
  expect(en.fixed(3, 3, 1)).toBe('the patch takes away 3 of 3 findings of these rules, in 1 file');
  expect(en.fixed(3, 4, 2)).toBe(
    'the patch takes away 3 of 4 findings of these rules, in 2 files; the rest needs a person',
  );
  expect(ja.fixed(3, 3, 1)).not.toContain('残り');
  expect(ja.fixed(3, 4, 2)).toContain('残りは人の判断が必要です');
});

test('what is wrong with a coverage report is told in both languages', () => {
  const ids = Object.keys(CLI_TEXTS.en.errors.coverageProblems);

  expect(Object.keys(CLI_TEXTS.ja.errors.coverageProblems)).toEqual(ids);
  for (const text of Object.values(CLI_TEXTS.ja.errors.coverageProblems)) expect(text).toMatch(/[ぁ-んァ-ヶ]/);
});
