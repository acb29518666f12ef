import { expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Sketch } from '../define';
import { evaluate } from '../evaluate';
import { defaultPolicy } from '../policy';
import { resultHash } from '../result-hash';
import { runRule } from '../run-rule';
import { sages } from '.';
import { noVulnerableDependency } from './no-vulnerable-dependency';

const [sketch] = noVulnerableDependency.examples.bad;
if (!sketch?.advisories) throw new Error('the first example has no advisories');
const { advisories } = sketch;

const run = async (one: Sketch) => runRule(noVulnerableDependency, await factsFrom(one), defaultPolicy);

test('without advisory data nothing is said about vulnerabilities', async () => {
  const { result } = await run({ files: sketch.files });

  expect(result).toMatchObject({ outcome: 'not-available', score: null, reason: { id: 'no-advisories', data: {} } });
});

test('data of another date makes another result', async () => {
  const hashOn = async (date: string) => {
    const facts = await factsFrom({ ...sketch, advisories: { ...advisories, date } });
    const results = [evaluate(sages, facts, defaultPolicy)];
    return resultHash({ commit: facts.commit, policy: defaultPolicy, rulePackVersion: 1, results, coverageHash: null });
  };

  expect(await hashOn('2026-01-01')).toBe(await hashOn('2026-01-01'));
  expect(await hashOn('2026-01-01')).not.toBe(await hashOn('2026-01-02'));
});

test('what only development needs weighs one step less', async () => {
  const matches = advisories.matches.map((match) => ({ ...match, isDevelopment: true }));
  const shipped = await run(sketch);
  const developed = await run({ ...sketch, advisories: { ...advisories, matches } });

  expect(shipped).toMatchObject({ result: { value: 1 }, findings: [{ severity: 'high' }] });
  expect(developed).toMatchObject({ result: { value: 0.25 }, findings: [{ severity: 'medium' }] });
});

test('lock files that could not be read are no pass', async () => {
  const { result } = await run({
    files: { 'package.json': '{"name":"a","private":true,"dependencies":{"b":"1"}}', 'yarn.lock': 'broken\n' },
    advisories,
  });

  expect(result).toMatchObject({ outcome: 'inconclusive', reason: { id: 'unread' } });
});
