import { afterAll, beforeAll, expect, test } from 'vitest';
import { asToken, clientOf } from '@/tests/support/providers/client-of';
import {
  type FakeGitLab,
  type FakeGitLabToken,
  type FakeProject,
  startFakeGitLab,
} from '@/tests/support/providers/fake-gitlab';
import { nothingTold, type ToldMergeRequest } from '@/tests/support/providers/gitlab-graphql';
import { collectEvidence } from '../evidence/collect-evidence';
import { gitlab } from '.';

const NOW = Date.UTC(2026, 10, 1) / 1000;
const day = (ago: number) => new Date((NOW - ago * 86_400) * 1000).toISOString();
const seconds = (ago: number) => NOW - ago * 86_400;
const PROTECTED = [{ name: 'main', commit: { id: 'a'.repeat(40) }, protected: true }];

let host: FakeGitLab;
let count = 0;

beforeAll(async () => {
  host = await startFakeGitLab();
  host.groups.acme = ['tanuki'];
});

afterAll(() => host[Symbol.asyncDispose]());

async function evidenceOf(more: Partial<FakeProject>, as: Partial<FakeGitLabToken> = {}) {
  const path = `acme/shop${++count}`;
  const token = host.addToken(`token${count}`, { scopes: ['read_api'], ...as });
  host.addProject(path, { isPrivate: true, branches: PROTECTED, ...more });
  await using client = clientOf(host.url, asToken(token));
  const before = host.requests.length;
  const question = { path, branch: 'main', commitId: 'a'.repeat(40), since: NOW - 365 * 86_400 };
  const fact = await collectEvidence(gitlab.evidence, client, question, {
    signal: AbortSignal.timeout(20_000),
    onGap: () => {},
  });
  return { fact, calls: host.requests.length - before };
}

const mergeRequest = (iid: number, more: Partial<ToldMergeRequest> = {}): ToldMergeRequest => ({
  ...{ iid, target: 'main', author: 'ada', createdAt: day(iid % 300), mergedAt: null, description: 'Why.' },
  ...{ approvedBy: [], reviewers: [], ...more },
});

test('protection is what the rules of the branch and of merge requests ask', async () => {
  const rule = {
    code_owner_approval_required: true,
    allow_force_push: false,
    push_access_levels: [{ access_level: 0 }],
  };
  const rules = [
    { approvals_required: 2, applies_to_all_protected_branches: true },
    { approvals_required: 5, protected_branches: [{ name: 'release/*' }] },
  ];

  const { fact } = await evidenceOf({
    needsPipeline: true,
    protectedBranches: [
      { name: 'ma*', ...rule },
      { name: 'release/*', allow_force_push: true },
    ],
    approvals: { rules, resetOnPush: true },
  });

  expect(fact.protection).toEqual({
    allowsForcePush: false,
    allowsDeletion: false,
    requiredApprovals: 2,
    needsOwnerReview: true,
    dismissesStaleApprovals: true,
    requiredChecks: ['pipeline'],
    isEnforcedForAdmins: true,
  });
  expect(fact.missing).toEqual({});
});

test('protection that the role or the tier does not tell is unknown, and a branch without any has none', async () => {
  const { fact: developer } = await evidenceOf({}, { level: 30 });
  const { fact: none } = await evidenceOf({ branches: [{ name: 'main', commit: { id: 'a' }, protected: false }] });

  expect(developer.protection).toMatchObject({ allowsForcePush: null, requiredApprovals: null, requiredChecks: [] });
  expect([none.protection, none.missing.protection]).toEqual([null, undefined]);
});

test('merge requests, issues and jobs are read as they are told', async () => {
  const { fact } = await evidenceOf({
    told: {
      mergeRequests: [
        mergeRequest(1, {
          ...{ createdAt: day(9), mergedAt: day(8), approvedBy: ['grace', 'ada'] },
          reviewers: [{ username: 'lin', reviewState: 'REQUESTED_CHANGES' }],
        }),
        mergeRequest(2, { author: 'project_7_bot_ab12', description: null }),
        mergeRequest(3, { target: 'other' }),
      ],
      issues: [
        { iid: 1, author: 'ada', createdAt: day(40), labels: [], notes: [{ by: 'lin', at: day(9), icon: 'pencil' }] },
        {
          iid: 2,
          author: 'ada',
          createdAt: day(40),
          labels: ['bug'],
          notes: [{ by: 'lin', at: day(9), icon: 'label' }],
        },
      ],
      pipelines: [
        {
          ...{ sha: 'a'.repeat(40), ref: 'main' },
          jobs: [
            { name: 'test', status: 'SUCCESS', startedAt: day(2), finishedAt: day(1) },
            { name: 'deploy', status: 'MANUAL', startedAt: null, finishedAt: null },
          ],
        },
      ],
    },
  });

  expect(fact.pullRequests).toMatchObject([
    { number: 2, isBot: true, bodyLength: 0 },
    { number: 1, mergedAt: seconds(8), changedLines: 7, approvedBy: ['grace'], changesRequestedBy: ['lin'] },
  ]);
  expect(fact.issues.map(({ number, triagedAt }) => [number, triagedAt])).toEqual([
    [2, seconds(9)],
    [1, null],
  ]);
  expect(fact.checks).toEqual([
    { commitId: 'a'.repeat(40), name: 'test', startedAt: seconds(2), completedAt: seconds(1), conclusion: 'success' },
  ]);
});

test('that a pipeline has more jobs than are read is told', async () => {
  const job = { status: 'SUCCESS', startedAt: day(2), finishedAt: day(1) };
  const of = (count: number) => ({
    ...nothingTold(),
    pipelines: [
      {
        sha: 'a'.repeat(40),
        ref: 'main',
        jobs: Array.from({ length: count }, (_, at) => ({ ...job, name: `j${at}` })),
      },
    ],
  });

  const { fact: whole } = await evidenceOf({ told: of(60) });
  const { fact: part } = await evidenceOf({ told: of(61) });

  expect([whole.checks.length, whole.cut]).toEqual([60, []]);
  expect([part.checks.length, part.cut]).toEqual([60, ['checks']]);
});

test('a huge project costs 22 calls', async () => {
  const mergeRequests = Array.from({ length: 2_000 }, (_, at) =>
    mergeRequest(at + 1, at % 2 ? { mergedAt: day(at % 300) } : {}),
  );
  const row = { author: 'ada', createdAt: day(40), labels: [], notes: [] };
  const issues = Array.from({ length: 1_000 }, (_, at) => ({ ...row, iid: at + 1 }));

  const { fact, calls } = await evidenceOf({ told: { ...nothingTold(), mergeRequests, issues } });

  expect(calls).toBe(22);
  expect([fact.pullRequests.length, fact.issues.length, fact.cut]).toEqual([500, 300, ['pullRequests', 'issues']]);
});

test('a project that is hidden from the token is missing, and so is what its scope does not allow', async () => {
  const { fact: hidden } = await evidenceOf({}, { username: 'stranger' });
  const { fact: scoped } = await evidenceOf({}, { scopes: ['read_repository'] });

  const reasons = (fact: typeof hidden) => Object.values(fact.missing).map(({ reason }) => reason);
  expect(reasons(hidden)).toEqual(['host-refused', 'host-refused', 'host-refused', 'host-refused']);
  expect(scoped.missing.issues).toEqual({ reason: 'host-scope', needed: 'api, read_api' });
});
