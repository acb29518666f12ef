import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostPart } from '@/lib/magics/facts/provider';
import { clientOf } from '@/tests/support/providers/client-of';
import {
  type FakeGitHub,
  type FakeRepository,
  type FakeToken,
  startFakeGitHub,
} from '@/tests/support/providers/fake-github';
import { nothingTold, type ToldIssue, type ToldPullRequest } from '@/tests/support/providers/github-graphql';
import { collectEvidence } from '../evidence/collect-evidence';
import { github } from '.';

const NOW = Date.UTC(2026, 10, 1) / 1000;
const COMMIT = 'c'.repeat(40);
const day = (ago: number) => new Date((NOW - ago * 86_400) * 1000).toISOString();
const seconds = (ago: number) => NOW - ago * 86_400;

const RULE = {
  allowsDeletions: false,
  allowsForcePushes: false,
  dismissesStaleReviews: true,
  isAdminEnforced: true,
  requiredApprovingReviewCount: 2,
  requiredStatusCheckContexts: ['test'],
  requiresApprovingReviews: true,
  requiresCodeOwnerReviews: true,
  requiresStatusChecks: true,
};

let shared: FakeGitHub;

beforeAll(async () => {
  shared = await startHost();
});

async function startHost(): Promise<FakeGitHub> {
  const host = await startFakeGitHub();
  host.organisations.acme = ['octocat'];
  return host;
}

afterAll(() => shared[Symbol.asyncDispose]());

let count = 0;

function pullRequest(number: number, more: Partial<ToldPullRequest> = {}): ToldPullRequest {
  return {
    number,
    base: 'main',
    author: 'ada',
    isDraft: false,
    createdAt: day(number % 300),
    mergedAt: null,
    mergeCommit: null,
    lines: 12,
    body: 'Because.',
    reviews: [],
    ...more,
  };
}

function issue(number: number, more: Partial<ToldIssue> = {}): ToldIssue {
  return { number, author: 'ada', createdAt: day(40), labels: [], comments: [], labelled: [], ...more };
}

async function evidenceOf(
  told: Partial<FakeRepository['told']>,
  as: Partial<FakeToken> = {},
  { callsLeft = 50, at: host = shared }: { callsLeft?: number; at?: FakeGitHub } = {},
) {
  const path = `acme/shop${++count}`;
  const token = host.addToken(`token${count}`, as);
  host.addRepository(path, { isPrivate: true, told: { ...nothingTold(), rules: [], ...told } });
  const budget = { left: callsLeft };
  await using client = clientOf(host.url, { kind: 'token', token }, { budget });
  const gaps: Partial<Record<HostPart, unknown>> = {};
  const question = { path, branch: 'main', commitId: COMMIT, since: NOW - 365 * 86_400 };
  const fact = await collectEvidence(github.evidence, client, question, {
    signal: AbortSignal.timeout(20_000),
    onGap: (part, error) => Object.assign(gaps, { [part]: error }),
  });
  return { fact, calls: callsLeft - budget.left, gaps };
}

describe('protection at GitHub', () => {
  test('is what the rule says to an administrator', async () => {
    const { fact } = await evidenceOf({ rule: RULE });

    expect(fact.protection).toEqual({
      allowsForcePush: false,
      allowsDeletion: false,
      requiredApprovals: 2,
      needsOwnerReview: true,
      dismissesStaleApprovals: true,
      requiredChecks: ['test'],
      isEnforcedForAdmins: true,
    });
    expect(fact.missing).toEqual({});
  });

  test.each([
    ['somebody who does not administer', { administers: false }],
    ['a token that may not read administration', { scopes: null, forbidden: ['repository.ref.branchProtectionRule'] }],
  ])('is known in part to %s', async (_, as) => {
    const { fact } = await evidenceOf({ rule: RULE }, as);

    expect(fact.protection).toMatchObject({ requiredApprovals: 2, dismissesStaleApprovals: null });
    expect(fact.protection?.isEnforcedForAdmins).toBeNull();
  });

  test('adds what rulesets ask, and says of nobody that they may not pass by', async () => {
    const rules = [
      { type: 'non_fast_forward' },
      { type: 'deletion' },
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          require_code_owner_review: false,
          dismiss_stale_reviews_on_push: true,
        },
      },
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'lint' }] } },
    ];

    const { fact: alone } = await evidenceOf({ rules });
    const { fact: both } = await evidenceOf({ rules, rule: { ...RULE, isAdminEnforced: false } });

    expect(alone.protection).toMatchObject({ allowsForcePush: false, requiredApprovals: 1, requiredChecks: ['lint'] });
    expect(both.protection).toMatchObject({ requiredApprovals: 2, requiredChecks: ['lint', 'test'] });
    expect([alone, both].map(({ protection }) => protection?.isEnforcedForAdmins)).toEqual([null, null]);
  });

  test('is none where neither is, and unknown where the branch is not', async () => {
    const { fact: none } = await evidenceOf({});
    const { fact: unknown } = await evidenceOf({ branches: ['trunk'] });

    expect([none.protection, none.missing.protection]).toEqual([null, undefined]);
    expect(unknown.missing.protection).toEqual({ reason: 'host-refused', needed: '' });
  });
});

test('pull requests of the branch come with the newest opinions of others', async () => {
  const reviews = [
    { by: 'grace', state: 'APPROVED' },
    { by: 'ada', state: 'APPROVED' },
    { by: 'lin', state: 'CHANGES_REQUESTED' },
    { by: 'kai', state: 'DISMISSED' },
  ];
  const merged = { createdAt: day(12), mergedAt: day(10), mergeCommit: 'd'.repeat(40), reviews };

  const { fact } = await evidenceOf({
    templates: ['## Why\n<!-- say why -->\n'],
    pullRequests: [
      pullRequest(1, merged),
      pullRequest(2, { author: 'renovate[bot]', body: '## Why\r\n<!-- say why -->\r\n' }),
      pullRequest(3, { base: 'other' }),
      pullRequest(4, { createdAt: day(700), mergedAt: day(600) }),
      pullRequest(5, { author: null, createdAt: day(900) }),
    ],
  });

  expect(fact.pullRequests.map(({ number }) => number)).toEqual([5, 2, 1]);
  expect(fact.pullRequests[2]).toEqual({
    number: 1,
    author: 'ada',
    isBot: false,
    isDraft: false,
    openedAt: seconds(12),
    mergedAt: seconds(10),
    mergeCommitId: 'd'.repeat(40),
    changedLines: 12,
    bodyLength: 8,
    approvedBy: ['grace'],
    changesRequestedBy: ['lin'],
  });
  expect(fact.pullRequests[1]).toMatchObject({ isBot: true, bodyLength: 0 });
});

test('an issue is looked at when somebody else answers or labels it', async () => {
  const { fact } = await evidenceOf({
    issues: [
      issue(1, { comments: [{ by: 'ada', at: day(39) }] }),
      issue(2, {
        comments: [
          { by: 'ada', at: day(39) },
          { by: 'lin', at: day(30) },
        ],
        labels: ['bug'],
      }),
      issue(3, { labelled: [{ by: 'lin', at: day(35) }], comments: [{ by: 'kai', at: day(20) }] }),
    ],
  });

  expect(fact.issues.map(({ number, triagedAt, labels }) => [number, triagedAt, labels])).toEqual([
    [3, seconds(35), []],
    [2, seconds(30), ['bug']],
    [1, null, []],
  ]);
});

test('checks are those that ended', async () => {
  const run = { commit: COMMIT, startedAt: day(1), completedAt: day(1) };

  const { fact } = await evidenceOf({
    checks: [
      { ...run, name: 'unit tests', conclusion: 'SUCCESS' },
      { ...run, name: 'lint', conclusion: null, completedAt: null },
      { ...run, name: 'e2e', commit: 'd'.repeat(40), conclusion: 'TIMED_OUT' },
    ],
  });

  expect(fact.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['e2e', 'timed-out'],
    ['unit tests', 'success'],
  ]);
});

test('that a commit has more checks than are read is told', async () => {
  const run = { commit: COMMIT, startedAt: day(1), completedAt: day(1), conclusion: 'SUCCESS' };
  const runs = (count: number) => Array.from({ length: count }, (_, at) => ({ ...run, name: `test ${at}` }));

  const { fact: whole } = await evidenceOf({ checks: runs(30) });
  const { fact: part } = await evidenceOf({ checks: runs(31) });

  expect([whole.checks.length, whole.cut]).toEqual([30, []]);
  expect([part.checks.length, part.cut]).toEqual([30, ['checks']]);
});

describe('a huge repository', () => {
  const huge = {
    rule: RULE,
    pullRequests: Array.from({ length: 3_000 }, (_, at) =>
      pullRequest(at + 1, at % 2 ? { mergedAt: day(at % 300) } : {}),
    ),
    issues: Array.from({ length: 2_000 }, (_, at) => issue(at + 1)),
  };

  test('costs 19 calls at most, and the newest of it is read', async () => {
    const { fact, calls } = await evidenceOf(huge);

    expect(calls).toBe(19);
    expect([fact.pullRequests.length, fact.issues.length]).toEqual([500, 300]);
    expect(fact.pullRequests[0]?.number).toBe(3_000);
    expect(fact.cut).toEqual(['pullRequests', 'issues']);
  });

  test('is known in part when the calls are spent on the way', async () => {
    const { fact, calls } = await evidenceOf(huge, {}, { callsLeft: 15 });

    expect(calls).toBe(15);
    expect(fact.issues.length).toBe(150);
    expect(fact.cut).toEqual(['pullRequests', 'issues']);
    expect(fact.missing).toEqual({ checks: { reason: 'host-limit', needed: '' } });
  });

  test('is not known to have no open requests when the calls end before them', async () => {
    const { fact } = await evidenceOf(huge, {}, { callsLeft: 6 });

    expect(fact.missing.pullRequests).toEqual({ reason: 'host-limit', needed: '' });
    expect(fact.pullRequests).toEqual([]);
  });
});

describe('what GitHub does not tell', () => {
  test('names the scope or the permission that is missing', async () => {
    const { fact: classic } = await evidenceOf({}, { scopes: ['read:org'] });
    const { fact: fine } = await evidenceOf({}, { scopes: null, forbidden: ['repository.issues'] });

    // A token without the scope sees no private repository at all.
    expect(classic.missing.issues).toEqual({ reason: 'host-refused', needed: '' });
    expect(fine.missing).toEqual({ issues: { reason: 'host-scope', needed: 'Issues: read' } });
  });

  test.each([
    [
      'a secondary limit',
      { status: 403, headers: { 'retry-after': '60' }, body: { message: 'secondary rate limit' } },
      'host-limit',
    ],
    [
      'a spent budget of points',
      { body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } },
      'host-limit',
    ],
    ['another shape', { body: { data: { repository: { pullRequests: { nodes: 'many' } } } } }, 'host-down'],
    ['a list', { body: [1, 2, 3] }, 'host-down'],
    ['a page', { html: '<html>Unicorn!</html>' }, 'host-down'],
    [
      'a field that an older server does not know',
      { body: { errors: [{ message: "Field 'x' doesn't exist on type 'Ref'" }] } },
      'host-untold',
    ],
    ['a refusal of the token', { status: 401, body: { message: 'Bad credentials' } }, 'host-refused'],
  ])('after %s is missing, and never none', async (_, told, reason) => {
    await using host = await startHost();
    host.answerNext(/\/api\/graphql$/, told, 30);

    const { fact } = await evidenceOf({ rule: RULE }, {}, { at: host });

    expect(Object.values(fact.missing).map((gap) => gap.reason)).toEqual([reason, reason, reason, reason]);
  });
});

test('names of the host are one line, bounded, and without characters that nobody sees', async () => {
  const hostile = `a\u0000b\u202e\u2028${'x'.repeat(100_000)}`;

  const { fact } = await evidenceOf({
    rule: { ...RULE, requiredStatusCheckContexts: [hostile, ...Array.from({ length: 500 }, (_, at) => `check ${at}`)] },
    pullRequests: [pullRequest(1, { author: hostile, createdAt: 'soon' }), pullRequest(2, { author: hostile })],
    issues: [issue(1, { labels: [hostile] })],
  });

  expect(fact.protection?.requiredChecks).toHaveLength(50);
  expect(fact.pullRequests.map(({ number, author }) => [number, author])).toEqual([[2, `a b ${'x'.repeat(196)}`]]);
  expect(fact.issues[0]?.labels[0]).toHaveLength(200);
});
