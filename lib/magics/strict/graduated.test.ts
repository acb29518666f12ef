import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Facts } from '../facts';
import type { FileFact, SecretFact } from '../facts/code';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { hasLayerRules } from './has-layer-rules';
import { noSecret } from './no-secret';

const source = (at: number): FileFact =>
  ({ path: `src/part${at}.ts`, role: 'production', language: 'typescript' }) as FileFact;

async function layersOf(files: number): Promise<number | null> {
  const facts: Facts = {
    ...(await factsFrom({ files: { 'src/part.ts': 'export const part = 1;\n' } })),
    files: Array.from({ length: files }, (_, at) => source(at)),
  };
  return runRule(hasLayerRules, facts, defaultPolicy).result.score;
}

test.each([
  [51, 99.5],
  [100, 75],
  [250, 0],
  [900, 0],
])('%d files without rules for layers leave %d points', async (files, points) => {
  expect(await layersOf(files)).toBeCloseTo(points);
});

test.each([
  ['github', 0.95, 0],
  ['generic', 0.7, 50],
  ['generic', 0.5, 75],
])('a secret of kind %s of which %d is sure leaves %d points', async (kind, confidence, points) => {
  const secret = { path: 'src/pay.ts', line: 1, role: 'production', kind, confidence, masked: '****', hash: 'a' };
  const facts: Facts = {
    ...(await factsFrom({ files: { 'src/pay.ts': 'pay();\n' } })),
    secrets: [secret as SecretFact],
  };

  expect(runRule(noSecret, facts, defaultPolicy).result.score).toBe(points);
});
