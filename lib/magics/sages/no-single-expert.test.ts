import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { SketchCommit } from '../define';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { noSingleExpert } from './no-single-expert';

const start = (at: string): SketchCommit => ({
  message: 'Start',
  author: 'Ada <ada@example.org>',
  at,
  files: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`src/${name}.ts`, 'export {};\n'])),
});
const go = (at: string): SketchCommit => ({
  message: 'Go on',
  author: 'Bob <bob@example.org>',
  at,
  files: { 'src/a.ts': 'export const a = 1;\n' },
});

async function outcomeOf(commits: SketchCommit[]) {
  const { result } = runRule(noSingleExpert, await factsFrom({ commits }), defaultPolicy);
  return { outcome: result.outcome, reason: result.reason?.id };
}

test('reports one who knows most of the code and is still there', async () => {
  const outcome = await outcomeOf([start('2024-01-01T00:00:00Z'), go('2024-02-01T00:00:00Z')]);

  expect(outcome).toMatchObject({ outcome: 'failed' });
});

test('draws no conclusion from one who left long ago', async () => {
  const outcome = await outcomeOf([start('2020-01-01T00:00:00Z'), go('2024-02-01T00:00:00Z')]);

  expect(outcome).toEqual({ outcome: 'inconclusive', reason: 'gone' });
});
