import * as z from 'zod';
import { classifyPath } from '../classify-path';
import {
  automationOf,
  hasReviewMark,
  isAppliedByAnother,
  isMerge,
  isRelease,
  isRevert,
  MAX_LISTED_COMMITS,
  percent,
  revertedId,
} from '../commits';
import type { SketchCommit } from '../define';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import type { ProviderFact, PullRequestFact } from '../facts/provider';
import { botChangesOf, changesOf } from '../flow/mainline';
import { mergedRequests, requestOf } from '../host-requests';
import { isTestPath } from '../paths';
import { isPerson } from '../sages/people';
import { hostSays, pullRequest } from '../sketches';

const DAY = 86_400;
const REVERT_WITHIN = 14 * DAY;
/** Under this share of reviewed changes by people, the repository reviews nobody's. */
const REVIEWING = 0.5;
const MIN_REVERTED = 2;

interface Group {
  commits: CommitFact[];
  reverted: number;
  unreviewed: CommitFact[];
  withTests: number;
}

/** Commits on side branches came in through their merge; on the branch itself a mark or another committer shows it. */
const isUnreviewedInGit = (commit: CommitFact) =>
  commit.isFirstParent && !hasReviewMark(commit) && !isAppliedByAnother(commit);

type Requests = ReadonlyMap<string, PullRequestFact>;

/** The request that brought each commit, those of its side branch too, as far as the host tells. */
function requestsByCommit(commits: readonly CommitFact[], provider: ProviderFact | null): Requests {
  const merged = mergedRequests(provider);
  const requests = new Map<string, PullRequestFact>();
  if (merged.size === 0) return requests;
  for (const { commit, parts } of [...changesOf(commits), ...botChangesOf(commits)]) {
    const request = requestOf(commit, merged);
    if (request) for (const { id } of parts) requests.set(id, request);
  }
  return requests;
}

/** A request says who approved it: that it was one is no review yet. */
function isUnreviewed(commit: CommitFact, requests: Requests): boolean {
  const request = requests.get(commit.id);
  if (!request) return isUnreviewedInGit(commit);
  return !request.approvedBy.some(isPerson) && !isAppliedByAnother(commit);
}

function group(commits: CommitFact[], revertedAt: ReadonlyMap<string, number>, requests: Requests): Group {
  const isReverted = ({ id, committedAt }: CommitFact) => {
    const at = revertedAt.get(id);
    return at !== undefined && at - committedAt <= REVERT_WITHIN;
  };
  return {
    commits,
    reverted: commits.filter(isReverted).length,
    unreviewed: commits.filter((commit) => isUnreviewed(commit, requests)),
    withTests: commits.filter((commit) => commit.files.some((file) => isTestPath(file.path))).length,
  };
}

function revertTimes(commits: readonly CommitFact[]): Map<string, number> {
  const known = new Map<string, string>();
  for (const { id } of commits) known.set(id.slice(0, 7), id);
  const times = new Map<string, number>();
  for (const commit of commits) {
    const reverted = isRevert(commit) ? revertedId(commit) : null;
    const id = reverted ? known.get(reverted.slice(0, 7)) : undefined;
    if (id) times.set(id, commit.committedAt);
  }
  return times;
}

/** Rates of helpers over rates of people, one imaginary event each so that small numbers do not shout. */
const ratio = (part: number, whole: number, basePart: number, baseWhole: number) =>
  (part + 1) / (whole + 2) / ((basePart + 1) / (baseWhole + 2));

const AGENT = 'Co-authored-by: Claude <noreply@anthropic.com>';
const work = (message: string, index: number): SketchCommit => ({
  message,
  files: { 'src/a.ts': `export const step = ${index};\n`, 'src/a.test.ts': `test('step ${index}', () => {});\n` },
});

export const hasSupervisedHelpers = defineRule({
  id: 'servant/has-supervised-helpers',
  catalogue: 'SRV-12',
  group: 'helpers',
  severity: 'medium',
  upTo: 'high',
  confidence: 0.85,
  needs: ['commits', 'files'],
  uses: ['provider'],
  limits: { per: 'measure', good: 1, bad: 2 },
  effort: 'moderate',
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review'],
  tags: ['NIST SSDF PW.7', 'OSPS-QA-07'],
  options: z.object({}),

  title: { en: 'Bots and AI agents are supervised', ja: 'ボットと AI エージェントを監督する' },
  why: {
    en: 'Automation writes quickly and is wrong quickly: its changes need the review that people’s get.',
    ja: '自動化は速く書き、速く間違えます。人の変更と同じレビューが必要です。',
  },
  fix: {
    en: 'Send automated changes through pull requests with required review, and ask for tests with them.',
    ja: '自動化による変更もレビュー必須のプルリクエストを通し、テストを一緒に求めてください。',
  },
  messages: {
    unreviewed: {
      en: 'An automated change to production code reached the branch without review; {share} % of people’s changes are reviewed.',
      ja: '自動化による本番コードの変更が、レビューなしで取り込まれています（人の変更は{share}%がレビュー済み）。',
    },
    'none-reviewed': {
      en: '{count} {count|automated change to production code carries|automated changes to production code carry} no sign of review.',
      ja: '自動化による本番コードの変更{count}件に、レビューの痕跡がありません。',
    },
    reverted: {
      en: '{share} % of automated changes were taken back within 14 days, {base} % of people’s.',
      ja: '自動化による変更の{share}%が14日以内に差し戻されています（人の変更は{base}%）。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          ...['Start (#1)', 'Add a parser (#2)', 'Add dates (#3)'].map(work),
          work(`Rewrite the parser\n\n${AGENT}`, 9),
        ],
      },
      {
        commits: [
          work('開始 (#1)', 0),
          work('解析を追加 (#2)', 1),
          { ...work('自動修正', 2), author: 'Copilot <198982749+Copilot@users.noreply.github.com>' },
        ],
      },
      { commits: [work('Start', 0), work('Add', 1), work(`Rewrite\n\n${AGENT}`, 2)] },
      {
        commits: [
          ...['Start', 'Add a parser (#2)', 'Add dates (#3)'].map(work),
          work(`Rewrite the parser (#4)\n\n${AGENT}`, 9),
        ],
        provider: hostSays({
          pullRequests: [pullRequest(2), pullRequest(3), pullRequest(4, { approvedBy: ['coderabbitai[bot]'] })],
        }),
      },
      {
        commits: [
          ...['開始', '解析を追加 (#2)', '日付を追加 (#3)'].map(work),
          { ...work(`書き直し\n\n${AGENT}`, 9), parent: 2 },
          { message: 'Merge pull request #4 from ada/rewrite', parent: 2, merges: 3 },
        ],
        provider: hostSays({ pullRequests: [pullRequest(2), pullRequest(3), pullRequest(4, { approvedBy: [] })] }),
      },
    ],
    good: [
      {
        commits: [
          ...['Start (#1)', 'Add a parser (#2)', 'Add dates (#3)'].map(work),
          work(`Rewrite the parser (#4)\n\n${AGENT}`, 9),
        ],
      },
      {
        commits: [
          ...['Start (#1)', 'Add a parser (#2)'].map(work),
          {
            message: 'chore(release): 1.1.0 [skip ci]',
            author: 'semantic-release-bot <semantic-release-bot@martynus.net>',
            files: { 'CHANGELOG.md': '# 1.1.0\n', 'package.json': '{}' },
          },
          { message: 'Bump zod (#9)', author: 'renovate[bot] <bot@renovateapp.com>', files: { 'package.json': '{ }' } },
          {
            message: 'Refresh the table of actions',
            author: 'github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>',
            files: {
              'table.go': '// Code generated by scripts/actions. DO NOT EDIT.\n\npackage table\n',
              'test.sh': 'go test\n',
            },
          },
        ],
      },
      {
        commits: [
          work('開始 (#1)', 0),
          { ...work(`解析\n\n${AGENT}`, 1), author: '花子 <hanako@example.org>', committer: 'Ada <ada@example.org>' },
        ],
      },
      {
        commits: [
          ...['Start', 'Add a parser (#2)', 'Add dates (#3)'].map(work),
          work(`Rewrite the parser\n\n${AGENT}`, 9),
        ],
        provider: hostSays({
          pullRequests: [
            pullRequest(2),
            pullRequest(3),
            pullRequest(4, { approvedBy: ['李'], mergeCommitId: 'Rewrite the parser' }),
          ],
        }),
      },
    ],
  },

  *check({ commits, files, provider }): CheckOutput {
    const roles = new Map(files.map((file) => [file.path, file.role]));
    const touchesProduction = (commit: CommitFact) =>
      commit.files.some(({ path }) => (roles.get(path) ?? classifyPath(path)) === 'production');
    const judged = commits.filter((commit) => !isMerge(commit) && commit.parents.length > 0 && !isRelease(commit));
    const isHelper = (commit: CommitFact) => automationOf(commit) !== null;
    const times = revertTimes(commits);
    const requests = requestsByCommit(commits, provider);
    const helpers = group(judged.filter(isHelper), times, requests);
    const people = group(
      judged.filter((commit) => !isHelper(commit)),
      times,
      requests,
    );
    const count = helpers.commits.length;
    const metrics = {
      automated_share: judged.length === 0 ? 0 : count / judged.length,
      automated_with_tests_percent: percent(helpers.withTests, count),
      people_with_tests_percent: percent(people.withTests, people.commits.length),
      automated_reviewed_percent: percent(count - helpers.unreviewed.length, count),
      automated_reverted_percent: percent(helpers.reverted, count),
    };
    if (count === 0) return { outcome: 'not-applicable', reason: 'no-subjects', metrics };

    const reviewedShare = 1 - people.unreviewed.length / Math.max(1, people.commits.length);
    const loose = helpers.unreviewed.filter(touchesProduction);
    if (reviewedShare >= REVIEWING) {
      const share = Math.round(reviewedShare * 100);
      for (const { id, subject } of loose.slice(0, MAX_LISTED_COMMITS)) {
        const data = { share };
        yield { messageId: 'unreviewed', data, commits: [id], evidence: subject, severity: 'high', anchor: id };
      }
    } else if (loose.length > 0) {
      yield {
        messageId: 'none-reviewed',
        data: { count: loose.length },
        commits: loose.slice(0, MAX_LISTED_COMMITS).map(({ id }) => id),
        anchor: 'none-reviewed',
      };
    }
    const reverts = ratio(helpers.reverted, count, people.reverted, people.commits.length);
    if (helpers.reverted >= MIN_REVERTED && reverts > 1) {
      const data = { share: percent(helpers.reverted, count), base: percent(people.reverted, people.commits.length) };
      yield { messageId: 'reverted', data, anchor: 'reverted' };
    }
    const unreviewed = ratio(loose.length, count, people.unreviewed.length, people.commits.length);
    const value = Math.max(helpers.reverted >= MIN_REVERTED ? reverts : 1, loose.length > 0 ? unreviewed : 1);
    return { value, population: count, metrics };
  },
});
