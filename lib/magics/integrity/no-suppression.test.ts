import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { noSuppression } from './no-suppression';

const CODE_LINES = 1_000;

async function judge(files: Record<string, string>) {
  const facts = await factsFrom({ files });
  const { result, findings } = runRule(
    noSuppression,
    { ...facts, totals: { ...facts.totals, codeLines: CODE_LINES } },
    defaultPolicy,
  );
  return { value: result.value, severities: findings.map(({ severity }) => severity) };
}

const IGNORING = 'value = card.pay()  # type: ignore\n';

test('counts a suppression that names its check a quarter of a blanket one', async () => {
  expect(await judge({ 'pay.py': 'import os  # noqa: F401\n' })).toEqual({ value: 0.25, severities: ['medium'] });
  expect(await judge({ 'pay.py': 'import os  # noqa\n' })).toEqual({ value: 1, severities: ['high'] });
});

test('counts what strict mypy reports once nothing needs it as named', async () => {
  const settings = '[tool.mypy]\nstrict = true\n';

  expect(await judge({ 'pay.py': IGNORING, 'pyproject.toml': settings })).toEqual({
    value: 0.25,
    severities: ['medium'],
  });
});

test.each([
  ['is lax', { 'pay.py': IGNORING, 'pyproject.toml': '[tool.mypy]\npretty = true\n' }],
  ['is for another part', { 'pay/card.py': IGNORING, 'shop/pyproject.toml': '[tool.mypy]\nstrict = true\n' }],
])('calls it blanket where mypy %s', async (_, files) => {
  expect(await judge(files)).toEqual({ value: 1, severities: ['high'] });
});
