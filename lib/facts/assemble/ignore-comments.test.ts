import { expect, test } from 'vitest';
import type { CommentFact } from '@/lib/magics/facts/code';
import { findIgnoreComments } from './ignore-comments';

const comment = (text: string, line = 1): CommentFact => ({
  path: 'src/pay.ts',
  role: 'production',
  line,
  endLine: line,
  text,
  kind: 'line',
});

const read = (text: string, line?: number) =>
  findIgnoreComments([comment(text, line)]).map(({ scope, ruleId, reason, problem }) => ({
    scope,
    ruleId,
    reason,
    problem,
  }));

test('reads rule and reason', () => {
  expect(read('elder-ignore integrity/no-stub -- the host -- not we -- fills it')).toEqual([
    { scope: 'line', ruleId: 'integrity/no-stub', reason: 'the host -- not we -- fills it', problem: null },
  ]);
});

test('reads several rules of one comment, and a whole file', () => {
  expect(read('elder-ignore-file integrity/no-stub, strict/no-long-function -- 自動生成')).toMatchObject([
    { scope: 'file', ruleId: 'integrity/no-stub', problem: null },
    { scope: 'file', ruleId: 'strict/no-long-function', reason: '自動生成', problem: null },
  ]);
});

test.each([
  ['elder-ignore integrity/no-stub', 'no-reason'],
  ['elder-ignore integrity/no-stub --', 'no-reason'],
  ['elder-ignore integrity/no-stub -- ..', 'no-reason'],
  ['elder-ignore integrity/no-stub -- 1234', 'no-reason'],
  ['elder-ignore integrity/no-stub: because', 'unknown-rule'],
  ['elder-ignore -- because', 'unknown-rule'],
  ['elder-ignore __proto__ -- because', 'unknown-rule'],
])('%s has no effect: %s', (text, problem) => {
  expect(read(text).map((row) => row.problem)).toContain(problem);
});

test('speaks for a file at its head alone', () => {
  const text = 'elder-ignore-file integrity/no-stub -- generated';

  expect([read(text, 40), read(text, 41)].flat().map(({ problem }) => problem)).toEqual([null, 'not-at-head']);
});

test.each(['see elder-ignore integrity/no-stub -- x', 'elder-ignored integrity/no-stub', 'elder-ignore-next x'])(
  '%s is none',
  (text) => {
    expect(read(text)).toEqual([]);
  },
);

test('of very many the last have no effect', () => {
  const comments = Array.from({ length: 1_500 }, (_, at) => comment('elder-ignore integrity/no-stub -- why', at + 1));

  const rows = findIgnoreComments(comments);

  expect(rows).toHaveLength(1_001);
  expect(rows.filter(({ problem }) => problem !== null)).toMatchObject([{ line: 1_001, problem: 'too-many' }]);
});
