import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { noCoverageExclusion } from './no-coverage-exclusion';

test('says nothing where neither a test nor a setting of coverage is', async () => {
  const facts = await factsFrom({ files: { 'shop/pay.py': 'def pay(n):\n    return n + 1\n' } });

  const { result } = runRule(noCoverageExclusion, facts, defaultPolicy);

  expect(result).toMatchObject({ outcome: 'not-applicable', reason: { id: 'uncounted' } });
});
