import { expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { PROBLEM_KINDS } from '@/lib/magics/problem-kind';
import { fieldProblems, problemAt } from './field-problems';

const OPTION = 'rules.git/has-short-subject.options.maxLength';
const PATH = ['rules', 'git/has-short-subject'];
const draft = { rules: { 'git/has-short-subject': { options: { maxLength: 10 } } } };

function told(field: object, language: 'en' | 'ja') {
  const problems = fieldProblems(
    { fields: [{ field: `configuration.${OPTION}`, problem: 'Too small', ...field }] },
    draft,
  );
  return problemAt(problems, PATH, draft, messagesIn(language));
}

test('what is wrong with an option is told in the reader’s language', () => {
  const field = { kind: 'least', expected: '20' };

  expect(told(field, 'en')).toBe('The option maxLength does not take this: it must be 20 or more.');
  expect(told(field, 'ja')).toBe('オプション maxLength にこの値は使えません（20以上にしてください）。');
});

test('what has no kind, or one that is not known here, is told in the words of the server', () => {
  for (const field of [{}, { kind: 'of tomorrow' }, { kind: 'constructor' }]) {
    expect(told(field, 'en')).toBe('The option maxLength does not take this: Too small.');
  }
});

test('no kind is told in English to who reads Japanese', () => {
  for (const kind of PROBLEM_KINDS) {
    expect(told({ kind, expected: '3' }, 'ja')).not.toMatch(/Too small|[a-z]{3,} [a-z]+/);
  }
});

test('a setting that was changed since is not blamed any more', () => {
  const problems = fieldProblems({ fields: [{ field: OPTION, problem: 'Too small' }] }, draft);
  const mended = { rules: { 'git/has-short-subject': { options: { maxLength: 50 } } } };

  expect(problemAt(problems, PATH, mended, messagesIn('en'))).toBeNull();
});
