import * as z from 'zod';
import { classifyPath } from '../classify-path';
import {
  hasReviewMark,
  isAppliedByAnother,
  isMadeByForge,
  isMerge,
  isPullMerge,
  isRelease,
  isRewritten,
  MAX_LISTED_COMMITS,
  percent,
} from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { hostGap } from '../host-gap';
import { mergedRequests, requestOf } from '../host-requests';
import { changes, hostSays, pullRequest } from '../sketches';

function isDirect(commit: CommitFact): boolean {
  return !isMerge(commit) && !hasReviewMark(commit) && !isAppliedByAnother(commit);
}

/** A request that was squashed or rebased may leave no other trace. */
function isUnknown(commit: CommitFact): boolean {
  return isDirect(commit) && (isMadeByForge(commit) || isRewritten(commit));
}

/** Code, build or pipeline; not documentation alone. */
const changesProduct = (commit: CommitFact) =>
  commit.files.some((file) => {
    const role = classifyPath(file.path);
    return role === 'production' || role === 'configuration';
  });

/** Requests that leave no trace in Git: the host alone knows of them. */
const BY_REQUEST = changes('Start', 'Read dates', 'Read numbers');

export const noDirectPush = defineRule({
  id: 'flow/no-direct-push',
  catalogue: 'FLW-02',
  group: 'build',
  severity: 'high',
  confidence: 0.85,
  needs: ['commits', 'tags', 'history'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0.95, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: [
    'https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review',
    'https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches',
  ],
  tags: ['ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PW.7', 'OSPS-AC-03'],
  readsLimits: 'side',
  options: z.object({}),

  title: { en: 'Changes reach the branch through a pull request', ja: '変更はプルリクエストを経て取り込む' },
  why: {
    en: 'A change pushed straight to the shared branch skips the checks and the second pair of eyes.',
    ja: '共有ブランチへ直接プッシュされた変更は、検査も第三者の確認も経ていません。',
  },
  fix: {
    en: 'Protect the branch and merge through pull or merge requests only.',
    ja: 'ブランチを保護し、プルリクエスト（マージリクエスト）経由でのみ取り込んでください。',
  },
  messages: {
    direct: {
      en: 'This commit carries no sign of a pull request, a review or another committer.',
      ja: 'このコミットには、プルリクエストやレビュー、別の担当者による取り込みの痕跡がありません。',
    },
    solo: {
      en: '{share} % of {count} {count|change carries|changes carry} no sign of a pull request; one person works here.',
      ja: '{count}件の変更のうち{share}%にプルリクエストの痕跡がありません。作業者は1人です。',
    },
  },
  examples: {
    bad: [
      {
        commits: [...changes('Start', 'Add a parser (#1)'), { message: 'Push at night', files: { 'src/b.ts': 'b\n' } }],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'a\n' }, author: 'Ada <ada@example.org>' },
          { message: '直接プッシュ', files: { 'src/a.ts': 'b\n' }, author: '花子 <hanako@example.org>' },
          { message: 'Fix #12: totals', files: { 'src/a.ts': 'c\n' }, author: 'Ada <ada@example.org>' },
        ],
      },
      {
        commits: [...BY_REQUEST, { message: '直接プッシュ', files: { 'src/b.ts': 'b\n' } }],
        provider: hostSays({
          pullRequests: [
            pullRequest(1, { mergeCommitId: 'Read dates' }),
            pullRequest(2, { mergeCommitId: 'Read numbers' }),
            pullRequest(3, { mergedAt: null, mergeCommitId: '直接プッシュ' }),
          ],
        }),
      },
    ],
    good: [
      { commits: changes('Start (#1)', 'Add a parser (#2)', 'fix: offsets (#3)', 'v1.0.0') },
      {
        commits: [
          ...BY_REQUEST,
          { message: '数を読む', files: { 'src/b.ts': 'b\n' }, committer: 'GitHub <noreply@github.com>' },
        ],
        provider: hostSays({
          pullRequests: [
            pullRequest(1, { mergeCommitId: 'Read dates' }),
            pullRequest(2, { mergeCommitId: 'Read numbers' }),
            pullRequest(3, { mergeCommitId: '数を読む' }),
          ],
        }),
      },
      {
        commits: [
          { message: 'Start (#1)', files: { 'src/a.ts': 'a\n' } },
          { message: 'Parse dates', files: { 'src/b.ts': 'b\n' } },
          { message: 'Merge pull request #2 from ada/dates', merges: 1, parent: 0 },
        ],
      },
      {
        commits: [
          {
            message: 'Start\n\nPart-of: <https://gitlab.example.org/a/b/-/merge_requests/1>',
            files: { 'a.go': 'a\n' },
          },
          { message: 'net: dial\n\nReviewed-on: https://go-review.example.org/c/net/+/1', files: { 'a.go': 'b\n' } },
          {
            message: 'mm: free pages',
            files: { 'a.go': 'c\n' },
            author: 'Ada <ada@example.org>',
            committer: 'Linus <linus@example.org>',
          },
          {
            message: 'Fix completion in fish',
            files: { 'a.go': 'e\n' },
            committer: 'GitHub <noreply@github.com>',
          },
          { message: 'Bump lodash', files: { 'a.go': 'd\n' }, author: 'dependabot[bot] <support@github.com>' },
        ],
      },
    ],
  },

  *check({ commits, tags, history, provider }, _, { limits }): CheckOutput {
    const tagged = new Set(tags.map((tag) => tag.commitId));
    const requests = mergedRequests(provider);
    const isRequested = (commit: CommitFact) => requestOf(commit, requests) !== null;
    const people = commits.filter(
      (commit) =>
        commit.isFirstParent &&
        !commit.isBot &&
        commit.parents.length > 0 &&
        !tagged.has(commit.id) &&
        !isRelease(commit) &&
        !isPullMerge(commit),
    );
    const judged = people.filter((commit) => isRequested(commit) || !isUnknown(commit));
    const gap = provider && judged.length < people.length ? hostGap(provider, 'pullRequests') : null;
    if (gap && judged.length === 0) return gap;
    const direct = judged.filter((commit) => isDirect(commit) && !isRequested(commit));
    const metrics = { direct_pushes: direct.length, integrated_changes: judged.length - direct.length };
    const measure = { value: 1 - direct.length / judged.length, population: judged.length, metrics };

    if (history.contributors < 2 && direct.length > 0) {
      const data = { share: percent(direct.length, judged.length), count: judged.length };
      yield { messageId: 'solo', data, severity: 'low', anchor: 'solo' };
      return measure;
    }
    const isHabit = limits !== null && measure.value < (limits.good + limits.bad) / 2;
    for (const commit of direct.slice(0, MAX_LISTED_COMMITS)) {
      const { id, subject } = commit;
      const severity = !changesProduct(commit) ? 'low' : isHabit ? 'high' : 'medium';
      yield { messageId: 'direct', commits: [id], evidence: subject, severity, anchor: id };
    }
    return measure;
  },
});
