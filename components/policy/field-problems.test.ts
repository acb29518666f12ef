import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import type { AvailableOptions } from '@/lib/schemas/configuration';
import { fieldProblems, isMarked, openProblems, problemNames } from './field-problems';

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
