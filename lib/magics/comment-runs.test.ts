import { expect, test } from 'vitest';
import { commentRuns } from './comment-runs';
import type { CommentFact } from './facts/code';

const comment = (path: string, line: number, text: string, kind: CommentFact['kind'] = 'line'): CommentFact => ({
  path,
  line,
  endLine: line,
  text,
  kind,
  role: 'production',
});

test('joins comments of one line that stand straight below one another', () => {
  const runs = [...commentRuns([comment('a.ts', 1, 'not sure'), comment('a.ts', 2, 'why'), comment('a.ts', 4, 'x')])];

  expect(runs).toMatchObject([
    { line: 1, endLine: 2, text: 'not sure why', parts: ['not sure', 'why'] },
    { line: 4, endLine: 4, text: 'x', parts: ['x'] },
  ]);
});

test('leaves blocks and other files apart', () => {
  const comments = [comment('a.ts', 1, 'a'), comment('b.ts', 2, 'b'), comment('b.ts', 3, 'c', 'block')];

  expect([...commentRuns(comments)].map(({ text }) => text)).toEqual(['a', 'b', 'c']);
});

test('ends a run that grows too long', () => {
  const comments = Array.from({ length: 30 }, (_, index) => comment('a.ts', index + 1, 'x'));

  expect([...commentRuns(comments)].map(({ parts }) => parts.length)).toEqual([12, 12, 6]);
});
