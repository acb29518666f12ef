import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { isAppliedByAnother, isMadeByForge, isMerge, isRewritten, MAX_LISTED_COMMITS, percent } from '../commits';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { CommitFact } from '../facts/history';
import { mergedRequests, requestOf } from '../host-requests';
import { changes, hostSays, pullRequest } from '../sketches';
import { botChangesOf, type Change, changesOf } from './mainline';

const REVIEW_TRAILERS = new Set(['reviewed-by', 'approved-by', 'acked-by']);

/** A trailer that names somebody else than the author. */
function isReviewedInMessage({ trailers, author, authorName }: CommitFact): boolean {
  return trailers.some(({ key, value }) => {
    if (!REVIEW_TRAILERS.has(key.toLowerCase())) return false;
    const reviewer = value.toLowerCase();
    return !reviewer.includes(author) && !(authorName !== '' && reviewer.startsWith(authorName.toLowerCase()));
  });
}

const changesProduct = ({ parts }: Change) =>
  parts.some(({ files }) => files.some(({ path }) => classifyPath(path) === 'production'));

type Review = 'reviewed' | 'unreviewed' | 'unknown';

/** Git knows trailers and who put a change on the branch; approvals given on the page of the host it does not know. */
function reviewInGit({ commit, parts }: Change): Review {
  if ([commit, ...parts].some(isReviewedInMessage)) return 'reviewed';
  if (isMerge(commit)) return parts.every((part) => part.author !== commit.author) ? 'reviewed' : 'unknown';
  if (isAppliedByAnother(commit)) return 'reviewed';
  const mayComeFromRequest =
    isMadeByForge(commit) || isRewritten(commit) || /#\d|!\d|pull request|merge request/i.test(commit.subject);
  return mayComeFromRequest ? 'unknown' : 'unreviewed';
}

const by = (name: string) => `${name} <${name.toLowerCase()}@example.org>`;
const change = (message: string, text: string, author: string, committer?: string) => ({
  message,
  files: { 'src/a.go': `${text}\n` },
  author: by(author),
  ...(committer ? { committer: by(committer) } : {}),
});
const GITHUB = 'GitHub <noreply@github.com>';

export const hasReviewEvidence = defineRule({
  id: 'flow/has-review-evidence',
  catalogue: 'FLW-03',
  group: 'gate',
  severity: 'high',
  confidence: 0.85,
  needs: ['commits', 'history'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0.9, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review'],
  tags: ['ISO27001 A.8.28', 'ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PW.7', 'PCI DSS 6.2'],
  options: z.object({}),

  title: { en: 'Changes are reviewed', ja: '変更を別の人が確認する' },
  why: {
    en: 'One pair of eyes misses what a second one sees, and one stolen account is enough to change the product.',
    ja: '1人では気付けない誤りがあります。また、アカウントが1つ奪われるだけで製品を変えられてしまいます。',
  },
  fix: {
    en: 'Require an approval by somebody else before a change is merged.',
    ja: 'マージの前に、作成者以外の承認を必須にしてください。',
  },
  messages: {
    unreviewed: {
      en: '{missing} of {count} {count|change|changes} of the product {missing|carries|carry} no evidence that somebody else looked at them.',
      ja: '製品の変更{count}件のうち{missing}件に、別の人が確認した形跡がありません。',
    },
    solo: { en: 'One person works here: there is nobody to review.', ja: '作業者が1人のため、確認する人がいません。' },
    'no-approvals': {
      en: 'Most changes came through requests whose approvals only the host knows ({unknown} of {count}).',
      ja: '大半の変更はプルリクエスト経由で、承認の記録はホスト側にしかありません（{count}件中{unknown}件）。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { commits: [change('Start', 'a', 'Ada'), change('Read dates', 'b', 'Ada'), change('数値を読む', 'c', 'Hanako')] },
      {
        commits: [
          change('Start', 'a', 'Ada'),
          change('Read dates\n\nReviewed-by: Ada <ada@example.org>', 'b', 'Ada'),
          change('Read numbers\n\nReviewed-by: Ada <ada@example.org>', 'c', 'Grace'),
        ],
      },
      {
        commits: changes('Start', 'Read dates (#1)', 'Read numbers (#2)').map((commit, at) => ({
          ...commit,
          author: by(at === 0 ? 'Ada' : 'Grace'),
          committer: GITHUB,
        })),
        provider: hostSays({ pullRequests: [pullRequest(1, { approvedBy: [] }), pullRequest(2, { approvedBy: [] })] }),
      },
    ],
    good: [
      {
        commits: [
          change('Start', 'a', 'Ada'),
          change('mm: free pages\n\nAcked-by: Grace <grace@example.org>', 'b', 'Ada'),
          change('mm: map pages', 'c', 'Ada', 'Linus'),
        ],
      },
      {
        commits: [
          change('Start', 'a', 'Ada'),
          change('Read dates', 'b', 'Ada'),
          { message: "Merge branch 'dates'", merges: 1, parent: 0, author: by('Grace') },
          change('日付を直す\n\nReviewed-by: Grace <grace@example.org>', 'd', 'Ada'),
          {
            message: 'Bump lodash',
            files: { 'src/a.go': 'e\n' },
            author: 'dependabot[bot] <support@github.com>',
          },
        ],
      },
      {
        commits: changes('Start', 'Read dates (#1)', 'Merge the reader (#2)').map((commit, at) => ({
          ...commit,
          author: by(at === 0 ? 'Ada' : 'Grace'),
          committer: GITHUB,
        })),
        provider: hostSays({ pullRequests: [pullRequest(1), pullRequest(2)] }),
      },
      {
        commits: [
          change('Start', 'a', 'Ada'),
          { message: 'Mend the guide', files: { 'docs/guide.md': '# a\n' }, author: by('Grace') },
          change('Read dates\n\nApproved-by: Grace <grace@example.org>', 'b', 'Ada'),
        ],
      },
    ],
  }),

  *check({ commits, history, provider }): CheckOutput {
    const requests = mergedRequests(provider);
    const reviewOf = (change: Change): Review => {
      const request = requestOf(change.commit, requests);
      if (request) return request.approvedBy.length > 0 ? 'reviewed' : 'unreviewed';
      return reviewInGit(change);
    };
    const judged = changesOf(commits).filter(changesProduct);
    const reviews = judged.map(reviewOf);
    const count = (review: Review) => reviews.filter((each) => each === review).length;
    const [reviewed, missing, unknown] = [count('reviewed'), count('unreviewed'), count('unknown')];
    const metrics = {
      reviewed_changes: reviewed,
      unreviewed_changes: missing,
      changes_of_unknown_review: unknown,
      unapproved_bot_changes: botChangesOf(commits).filter(
        ({ commit }) => requestOf(commit, requests)?.approvedBy.length === 0,
      ).length,
    };
    if (history.contributors < 2 && reviewed === 0) return { outcome: 'not-applicable', reason: 'solo', metrics };
    if (unknown > reviewed + missing) {
      return { outcome: 'not-available', reason: 'no-approvals', data: { unknown, count: judged.length }, metrics };
    }
    const known = reviewed + missing;
    if (missing > 0) {
      const unreviewed = judged.filter((_, at) => reviews[at] === 'unreviewed');
      yield {
        messageId: 'unreviewed',
        data: { missing, count: known },
        commits: unreviewed.slice(0, MAX_LISTED_COMMITS).map(({ commit }) => commit.id),
        evidence: unreviewed[0]?.commit.subject,
        severity: percent(missing, known) > 50 ? 'high' : 'medium',
        anchor: 'unreviewed',
      };
    }
    return { value: reviewed / known, population: known, metrics };
  },
});
