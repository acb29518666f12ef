import * as z from 'zod';
import { MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import type { CommitFact, TagFact } from '../facts/history';
import type { CheckRunFact, ProviderFact, PullRequestFact } from '../facts/provider';
import { changes, hostSays, pullRequest } from '../sketches';
import type { RawFinding } from '../types';

const DAY = 86_400;
const HOUR = 3600;
const HOLLOW_LINES = 400;
const HOLLOW_SECONDS = 5 * 60;
const TEST_CHECK = /\b(?:unit|integration|e2e)?[ _-]?tests?\b|テスト/i;
/** Checks that only gather what others found end at once. */
const GATHERING = /\b(?:all|ok|pass(?:ed)?|result|success|summary|status|gate|required|done|complete|report|skip)\b/i;

/** A clock that is wrong by an hour or a time zone is common; a day is not. */
function orderFindings(commits: readonly CommitFact[], tags: readonly TagFact[]): RawFinding[] {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const ahead = commits.flatMap((commit): RawFinding[] => {
    const { id, authoredAt, committedAt, subject } = commit;
    if (authoredAt - committedAt <= DAY) return [];
    const hours = Math.round((authoredAt - committedAt) / HOUR);
    return [{ messageId: 'author', data: { hours }, commits: [id], evidence: subject, anchor: `author ${id}` }];
  });
  const early = commits.flatMap((commit): RawFinding[] => {
    const before = commit.parents.flatMap((parent) => byId.get(parent)?.committedAt ?? []);
    const latest = before.reduce((most, at) => Math.max(most, at), 0);
    if (latest - commit.committedAt <= DAY) return [];
    const { id, subject } = commit;
    const hours = Math.round((latest - commit.committedAt) / HOUR);
    return [{ messageId: 'parent', data: { hours }, commits: [id], evidence: subject, anchor: `parent ${id}` }];
  });
  const tagged = tags.flatMap(({ name, at, commitId, isAnnotated }): RawFinding[] => {
    const commit = byId.get(commitId);
    if (!commit || !isAnnotated || commit.committedAt - at <= DAY) return [];
    const hours = Math.round((commit.committedAt - at) / HOUR);
    return [{ messageId: 'tag', data: { tag: name, hours }, commits: [commitId], anchor: `tag ${name}` }];
  });
  return [...ahead, ...early, ...tagged];
}

function isHollow({ changedLines, openedAt, mergedAt, isBot, approvedBy }: PullRequestFact): boolean {
  const isQuick = mergedAt !== null && mergedAt - openedAt < HOLLOW_SECONDS;
  return isQuick && !isBot && changedLines !== null && changedLines > HOLLOW_LINES && approvedBy.length === 0;
}

function isInstant({ name, startedAt, completedAt, conclusion }: CheckRunFact): boolean {
  const isTest = TEST_CHECK.test(name) && !GATHERING.test(name);
  return isTest && conclusion === 'success' && completedAt - startedAt < 1;
}

function hostFindings({ pullRequests, checks }: ProviderFact): RawFinding[] {
  const hollow = pullRequests.filter(isHollow).map(
    ({ number, changedLines, mergeCommitId }): RawFinding => ({
      messageId: 'hollow',
      data: { number, lines: changedLines ?? 0 },
      commits: mergeCommitId === null ? [] : [mergeCommitId],
      anchor: `hollow ${number}`,
    }),
  );
  const names = [...new Set(checks.filter(isInstant).map(({ name }) => name))].sort();
  const instant = names.map(
    (name): RawFinding => ({
      messageId: 'instant',
      data: { check: name },
      severity: 'low',
      confidence: 0.6,
      anchor: `instant ${name}`,
    }),
  );
  return [...hollow, ...instant];
}

const CHECK = { commitId: 'a', startedAt: 1_704_200_000, completedAt: 1_704_200_060, conclusion: 'success' as const };

export const noImpossibleOrder = defineRule({
  id: 'flow/no-impossible-order',
  catalogue: 'FLW-14',
  group: 'report',
  severity: 'medium',
  confidence: 0.9,
  needs: ['commits', 'tags'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0, bad: 0.02, range: [0, 1] },
  effort: 'moderate',
  references: ['https://git-scm.com/docs/git-commit#_date_formats', 'https://slsa.dev/spec/v1.0/threats'],
  tags: ['ISO27001 A.8.17', 'ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PS.3'],
  options: z.object({}),

  title: { en: 'Times of the history are possible', ja: '履歴の日時に矛盾がない' },
  why: {
    en: 'Dates that cannot be true make it impossible to tell what was released when, and hide changes made afterwards.',
    ja: '日時が矛盾していると、いつ何を公開したのかを確かめられず、後からの書き換えにも気付けません。',
  },
  fix: {
    en: 'Set the clocks of machines that commit, never set dates by hand, and give large changes time to be read.',
    ja: 'コミットする機械の時計を合わせ、日時を手で指定せず、大きな変更には読む時間を取ってください。',
  },
  messages: {
    author: {
      en: 'This commit was written {hours} hours after it was committed.',
      ja: 'このコミットの作成日時は、コミット日時より{hours}時間後になっています。',
    },
    parent: {
      en: 'This commit is {hours} hours older than the commit it builds on.',
      ja: 'このコミットは、親のコミットより{hours}時間前の日時になっています。',
    },
    tag: {
      en: 'Tag “{tag}” is {hours} hours older than the commit it names.',
      ja: 'タグ「{tag}」は、指しているコミットより{hours}時間前の日時になっています。',
    },
    hollow: {
      en: 'Request {number} with {lines} changed lines was merged within five minutes and without an approval.',
      ja: '{lines}行を変えるプルリクエスト {number} が、承認なしで5分以内に取り込まれています。',
    },
    instant: {
      en: 'Check “{check}” succeeds in no time: it may test nothing.',
      ja: '検査「{check}」は一瞬で成功しています。何もテストしていない可能性があります。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          ...changes('Start'),
          {
            message: '未来の変更',
            files: { 'src/a.ts': 'a\n' },
            at: '2024-01-03T00:00:00Z',
            authoredAt: '2024-02-01T00:00:00Z',
          },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'a\n' }, at: '2024-01-10T00:00:00Z' },
          { message: 'Back in time', files: { 'src/a.ts': 'b\n' }, at: '2024-01-05T00:00:00Z' },
        ],
      },
      {
        commits: changes('Start', 'Read dates'),
        tags: [{ name: 'v1.0.0', commit: 1, isAnnotated: true, at: '2023-12-01T00:00:00Z' }],
      },
      {
        commits: changes('Start', 'Rewrite all (#1)'),
        provider: hostSays({
          pullRequests: [
            pullRequest(1, { changedLines: 900, approvedBy: [], mergedAt: Date.UTC(2024, 0, 1, 1, 2) / 1000 }),
          ],
          checks: [{ ...CHECK, name: 'unit tests', completedAt: CHECK.startedAt }],
        }),
      },
    ],
    good: [
      {
        commits: [
          ...changes('Start'),
          {
            message: 'Rebased',
            files: { 'src/a.ts': 'a\n' },
            at: '2024-02-01T00:00:00Z',
            authoredAt: '2023-06-01T00:00:00Z',
          },
          {
            message: '時計が1時間進む',
            files: { 'src/a.ts': 'b\n' },
            at: '2024-02-02T00:00:00Z',
            authoredAt: '2024-02-02T01:00:00Z',
          },
        ],
        tags: [{ name: 'v1.0.0', commit: 2, isAnnotated: true }],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'a\n' }, at: '2024-01-10T12:00:00Z' },
          { message: 'Another clock', files: { 'src/a.ts': 'b\n' }, at: '2024-01-10T06:00:00Z' },
        ],
        tags: [{ name: 'v1.0.0', commit: 1, isAnnotated: true, at: '2024-01-10T00:00:00Z' }],
      },
      {
        commits: changes('Start', 'Mend a typo (#1)'),
        provider: hostSays({
          pullRequests: [
            pullRequest(1, { changedLines: 2, approvedBy: [], mergedAt: Date.UTC(2024, 0, 1, 1, 1) / 1000 }),
            pullRequest(2, {
              changedLines: 9000,
              isBot: true,
              approvedBy: [],
              mergedAt: Date.UTC(2024, 0, 1, 2, 1) / 1000,
            }),
          ],
          checks: [
            { ...CHECK, name: 'unit tests' },
            { ...CHECK, name: 'all tests passed', completedAt: CHECK.startedAt },
          ],
        }),
      },
    ],
  },

  *check({ commits, tags, provider }): CheckOutput {
    const order = orderFindings(commits, tags);
    const host = provider ? hostFindings(provider) : [];
    const listed = [...order].slice(0, MAX_LISTED_COMMITS);
    yield* listed;
    yield* host.slice(0, MAX_LISTED_COMMITS);
    const population = commits.length + (provider?.pullRequests.length ?? 0);
    return {
      value: (order.length + host.length) / population,
      population,
      metrics: { impossible_dates: order.length, hollow_merges: host.length },
    };
  },
});
