import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { hasGates } from './has-gates';

const calling = (uses: string) =>
  `name: ci\non: push\njobs:\n  check:\n    uses: ${uses}\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm test\n`;

async function judge(uses: string) {
  const facts = await factsFrom({ files: { '.github/workflows/ci.yml': calling(uses) } });
  return runRule(hasGates, facts, defaultPolicy).result;
}

test('does not miss gates that a workflow of another repository may run', async () => {
  const result = await judge('shop/workflows/.github/workflows/quality.yml@v1');

  expect(result).toMatchObject({ outcome: 'inconclusive', reason: { id: 'unread', data: { count: 1 } } });
});

test.each(['./.github/workflows/own.yml', 'shop/workflows/.github/workflows/release.yml@v1', 'shop/lint-action@v1'])(
  'judges what is here beside %s',
  async (uses) => {
    expect(await judge(uses)).toMatchObject({ outcome: 'failed' });
  },
);
