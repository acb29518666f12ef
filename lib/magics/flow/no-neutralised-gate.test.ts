import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { noNeutralisedGate } from './no-neutralised-gate';

const workflow = (command: string, job = '', on = 'push') =>
  `name: ci\non: ${on}\njobs:\n  check:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: ${command}\n`;

async function severities(files: Record<string, string>): Promise<string[]> {
  const facts = await factsFrom({ files });
  return runRule(noNeutralisedGate, facts, defaultPolicy).findings.map(({ severity }) => severity);
}

const LENIENT = '    continue-on-error: true\n';

test.each([
  ['the only one', {}, 'critical'],
  ['bound by another workflow', { '.github/workflows/main.yml': workflow('npm run unit -- --ci') }, 'medium'],
  [
    'run elsewhere by the clock alone',
    { '.github/workflows/main.yml': workflow('npm run unit', '', 'schedule') },
    'critical',
  ],
  ['not the check that binds', { '.github/workflows/main.yml': workflow('npm run e2e') }, 'critical'],
])('a job that may fail is grave unless its check binds elsewhere: %s', async (_, others, severity) => {
  expect(await severities({ '.github/workflows/more.yml': workflow('npm run unit', LENIENT), ...others })).toEqual([
    severity,
  ]);
});

test('a command whose exit code is thrown away binds nowhere', async () => {
  const files = { 'a.yml': workflow('npm test || true'), 'b.yml': workflow('npm test || true') };
  const found = await severities(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`.github/workflows/${name}`, text])),
  );

  expect(found).toEqual(['critical', 'critical']);
});
