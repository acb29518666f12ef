import { expect, test } from 'vitest';
import { matcherOf } from '@/lib/magics/own-rules/matcher';
import { OwnRule, type OwnTextRule } from '@/lib/magics/own-rules/own-rule';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { matchBlob } from './match-blob';

const QUERY = OwnRule.parse({
  id: 'own/x',
  severity: 'low',
  title: { en: 'x' },
  why: { en: 'x' },
  fix: { en: 'x' },
  kind: 'query',
  language: 'typescript',
  query: '(array (_)* @a (_)* @b (_) @finding (_)* @c)',
}) as OwnTextRule;

test('a query that would look at everything in every way ends in bounded time, and says when it gave up', async () => {
  const text = `f([${'1,\n'.repeat(20_000)}]);\n`;
  const matcher = matcherOf(QUERY);
  const before = cpuTimeMs();

  const found = await matchBlob('a.ts', new TextEncoder().encode(text), [matcher]);

  expect(cpuTimeMs() - before).toBeLessThan(30_000);
  expect(['too-much-work', 'timeout']).toContain(found[matcher.key]?.unread);
});
