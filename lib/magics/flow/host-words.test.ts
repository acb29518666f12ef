import { describe, expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import type { Rule, Sketch } from '../define';
import { defaultPolicy } from '../policy';
import { runRule } from '../run-rule';
import { hasSupervisedHelpers } from '../servant/has-supervised-helpers';
import { changes, hostSays, lines, pullRequest } from '../sketches';
import { hasReleaseAutomation } from './has-release-automation';
import { noDirectPush } from './no-direct-push';

const BY_FORGE = changes('Start', 'Read dates', 'Read numbers').map((commit, at) => ({
  ...commit,
  author: `${at === 1 ? 'Ada' : 'Grace'} <${at}@example.org>`,
  committer: 'GitHub <noreply@github.com>',
}));
const UNTOLD = hostSays({ missing: { pullRequests: { reason: 'host-down', needed: '' } } });
const LIBRARY: Sketch = {
  files: { 'package.json': '{ "name": "a", "version": "1.0.0", "exports": "./index.js", "files": ["index.js"] }' },
  commits: changes('Start', 'a', 'b'),
  tags: [0, 1, 2].map((commit) => ({ name: `v1.${commit}.0`, commit })),
};
const check = (name: string) => ({
  ...{ name, commitId: 'a', startedAt: 1_704_200_000, completedAt: 1_704_200_060 },
  conclusion: 'success' as const,
});

async function judge(rule: Rule, sketch: Sketch) {
  const { result, findings } = runRule(rule, await factsFrom(sketch), defaultPolicy);
  return { outcome: result.outcome, reason: result.reason, population: result.population, findings: findings.length };
}

describe('changes of which Git does not tell how they came', () => {
  test('are judged by the requests that the host knows', async () => {
    const pullRequests = [
      pullRequest(1, { mergeCommitId: 'Read dates' }),
      pullRequest(2, { mergeCommitId: 'Read numbers' }),
    ];

    const told = await judge(noDirectPush, { commits: BY_FORGE, provider: hostSays({ pullRequests }) });

    expect(told).toMatchObject({ outcome: 'passed', population: 2, findings: 0 });
  });

  test('are not available when the host does not tell of requests, and never passed', async () => {
    const untold = await judge(noDirectPush, { commits: BY_FORGE, provider: UNTOLD });

    expect(untold).toMatchObject({ outcome: 'not-available', reason: { id: 'host-down', data: {} } });
  });
});

test.each([noDirectPush, hasSupervisedHelpers, hasReleaseAutomation])(
  '$id says of a host that tells nothing what it says of none',
  async (rule) => {
    for (const { provider: _, ...sketch } of [...rule.examples.bad, ...rule.examples.good]) {
      const facts = await factsFrom(sketch);
      const missing = { reason: 'host-refused', needed: '' } as const;
      const silent = hostSays({ missing: { pullRequests: missing, checks: missing, protection: missing } });

      const [without, withSilent] = [facts, { ...facts, provider: silent }].map((each) =>
        runRule(rule, each, defaultPolicy),
      );

      if (withSilent?.result.outcome === 'not-available') expect(without?.result.outcome).not.toBe('passed');
      else expect(withSilent).toEqual(without);
    }
  },
);

test('a request of another commit lends its number to nobody', async () => {
  const sketch: Sketch = {
    commits: [
      ...changes('Start', 'Read dates (#1)', 'Read numbers (#2)'),
      { message: 'Rewrite (#4)\n\nCo-authored-by: Claude <noreply@anthropic.com>', files: { 'src/a.ts': lines(9) } },
    ],
    provider: hostSays({ pullRequests: [pullRequest(4, { approvedBy: [], mergeCommitId: 'f'.repeat(40) })] }),
  };

  expect(await judge(hasSupervisedHelpers, sketch)).toMatchObject({ outcome: 'passed', findings: 0 });
});

test('a check at the host that publishes says that releases come from a pipeline, not that they are signed', async () => {
  const publishing = hostSays({ checks: [check('build'), check('TeamCity: publish')] });
  const rehearsing = hostSays({ checks: [check('release-notes'), check('publish (dry run)')] });

  const [known, unknown, unasked] = await Promise.all(
    [publishing, rehearsing, undefined].map((provider) =>
      judge(hasReleaseAutomation, { ...LIBRARY, ...(provider && { provider }) }),
    ),
  );

  expect(known).toMatchObject({
    outcome: 'not-available',
    reason: { id: 'elsewhere', data: { check: 'TeamCity: publish' } },
  });
  expect(unknown).toMatchObject({ outcome: 'failed', findings: 1 });
  expect(unasked).toEqual(unknown);
});
