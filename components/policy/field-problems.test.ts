import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import { PROBLEM_KINDS } from '@/lib/magics/problem-kind';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { fieldProblems, isMarked, openProblems, problemAt, problemNames } from './field-problems';

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

const options = { fields: [], magics: [], rules: [], frameworks: [] } as unknown as AvailableOptions;
const sent = { ignorePaths: ['ok/**', '['], gate: { newCode: { since: 'tag', tag: '' } }, schedule: { cron: 'x' } };
const refused = fieldProblems(
  {
    fields: [
      { field: 'configuration.ignorePaths.1', problem: 'no' },
      { field: 'configuration.gate.newCode.tag', problem: 'no' },
    ],
  },
  sent,
);

test('a setting that was changed since is no longer told to be wrong', () => {
  const half = openProblems(refused, { ...sent, ignorePaths: ['ok/**', 'legacy/**'] });
  const all = openProblems(half, { ...sent, gate: { newCode: { since: 'previous' } } });

  expect(openProblems(refused, sent)).toEqual(refused);
  expect(half?.fields.map(({ field }) => field)).toEqual(['gate.newCode.tag']);
  expect(all).toBeNull();
});

test('settings are named as the editor names them', () => {
  const names = (language: 'en' | 'ja') =>
    refused && problemNames(refused, { t: messagesIn(language), format: createFormat(language, 'UTC', 0), options });

  expect(names('en')).toEqual(['Ignored paths', 'Quality gate · new code · tag']);
  expect(names('ja')).toEqual(['除外するパス', '品質ゲート · 新しいコード · タグ']);
});

test('what was not begun yet is not marked at its field', () => {
  const missing = fieldProblems({ fields: [{ field: 'gate.newCode.tag', problem: 'no' }] }, sent);

  expect(missing && isMarked(missing, sent)).toBe(false);
  expect(refused && isMarked(refused, sent)).toBe(true);
});
