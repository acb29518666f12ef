import { expect, test } from 'vitest';
import { createFormat } from '@/lib/i18n/format';
import { messagesIn } from '@/lib/i18n/messages';
import type { LoggedThing } from '@/lib/schemas/audit-log';
import { lineWords } from './line-words';

const RIN = '0193a1b2-0000-7000-8000-000000000001';
const GONE = '0193a1b2-0000-7000-8000-000000000002';
const things: Record<string, LoggedThing> = { [RIN]: { kind: 'person', name: 'Rin' } };
const now = Date.parse('2026-11-29T12:00:00Z');

function told(language: 'en' | 'ja', field: string, after: unknown, before: unknown = null) {
  const words = { t: messagesIn(language), format: createFormat(language, 'UTC', now), things };
  const line = lineWords({ field, before, after }, words);
  return line.before === null ? `${line.name}: ${line.after}` : `${line.name}: ${line.before} → ${line.after}`;
}

test.each([
  ['role', 'admin', 'Role: Admin', '役割: 管理者'],
  ['scopes', ['read', 'write'], 'May: Read, Write', null],
  ['verdict', 'false_positive', 'Verdict: False positive', null],
  ['until', '2027-05-31', 'Last day: 31 May 2027', '最終日: 2027年5月31日'],
  ['includeCode', true, 'Code is shown: yes', 'コードの表示: はい'],
  ['assigneeId', RIN, 'Assignee: Rin', '担当: Rin'],
  ['holder', GONE, `Acts for: ${GONE}`, null],
  ['projects', [GONE], `Projects: ${GONE}`, null],
  ['commit', 'c'.repeat(40), 'Commit: cccccccccccc', null],
  ['expiresAt', '2026-12-31T08:00:00.000Z', 'Ends: 31 Dec 2026, 08:00:00', null],
  ['code', 'repository_no_such_branch', 'Refused because: The repository has no such branch.', null],
] as const)('%s has a name and a value in words', (field, value, english, japanese) => {
  expect(told('en', field, value)).toBe(english);
  if (japanese !== null) expect(told('ja', field, value)).toBe(japanese);
});

test('what is not known keeps its name and is never JSON', () => {
  expect(told('en', 'mood', 'calm', 'wild')).toBe('mood: wild → calm');
  expect(told('en', 'shape', { edges: [1, 2], is: { round: false, size: null } })).toBe(
    'shape: edges: 1, 2; is: round: no; size: nothing',
  );
  expect(told('en', 'list', [])).toBe('list: nothing');
  expect(told('en', 'constructor', 'x')).toBe('constructor: x');
});

test('a text that only looks like an id of somebody is left alone', () => {
  expect(told('en', 'text', RIN)).toBe(`Text: ${RIN}`);
  expect(told('en', 'until', '2027-99-99')).toBe('Last day: 2027-99-99');
});
