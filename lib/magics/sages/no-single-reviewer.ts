import * as z from 'zod';
import { hasReviewMark, isMerge, isOwnWork, isPullMerge, percent } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { CommitFact } from '../facts/history';
import type { ProviderFact } from '../facts/provider';
import { hostGap } from '../host-gap';
import { isPerson, personReader, writersOf } from './people';
import { providerWith, request } from './sketches';

/** Fewer reviews or people do not show who carries the load. */
const MIN_REVIEWS = 10;
const MIN_PEOPLE = 3;
const REVIEW_TRAILERS = new Set(['reviewed-by', 'approved-by', 'acked-by']);
const REQUEST_MERGE =
  /^(?:Merge pull request #\d+|Merged in .+ \(pull request #\d+\)|Merged PR \d+|Merge branch '[^']+' into (?:'[^']+'|\S+)|Merge !\d+)/;
const EMAIL = /<(?<email>[^<>\s]+@[^<>\s]+)>/;

type Source = 'approvals' | 'trailers' | 'merges';
/** One set of reviewers for each change, none of them its author. */
type Reviews = string[][];

function fromProvider(provider: ProviderFact | null): Reviews {
  const merged = provider?.pullRequests.filter((each) => each.mergedAt !== null && !each.isBot) ?? [];
  return merged.map(({ approvedBy }) => approvedBy.filter(isPerson));
}

function fromTrailers(commits: readonly CommitFact[], personOf: (email: string) => string): Reviews {
  return commits.map((commit) => {
    const named = commit.trailers.flatMap(({ key, value }) => {
      const reviewer = (EMAIL.exec(value)?.groups?.email ?? value.trim()).toLowerCase();
      return REVIEW_TRAILERS.has(key.toLowerCase()) && isPerson(reviewer) ? [personOf(reviewer)] : [];
    });
    return [...new Set(named)].filter((reviewer) => reviewer !== personOf(commit.author));
  });
}

const isSquashed = (commit: CommitFact) => isOwnWork(commit) && commit.isFirstParent && hasReviewMark(commit);
const isRequest = (commit: CommitFact) => isSquashed(commit) || REQUEST_MERGE.test(commit.subject);

/**
 * Who presses the button has looked at the change last; own changes are left out where the merged commit shows it.
 * Squashed requests do not show who merged them: where they prevail, nothing is known.
 */
function fromMerges(commits: readonly CommitFact[], personOf: (email: string) => string): Reviews {
  const squashed = commits.filter(isSquashed);
  if (squashed.length > commits.filter((commit) => REQUEST_MERGE.test(commit.subject)).length) return [];
  const authors = new Map(commits.map((commit) => [commit.id, personOf(commit.author)]));
  return commits.map((commit) => {
    if (!isMerge(commit) || commit.isBot || isPullMerge(commit) || !REQUEST_MERGE.test(commit.subject)) return [];
    const merger = personOf(commit.author);
    return commit.parents.slice(1).some((parent) => authors.get(parent) === merger) ? [] : [merger];
  });
}

const PEOPLE = ['Ada <ada@example.org>', 'Chen <chen@example.org>', '花子 <hanako@example.org>'];
const reviewed = (reviewers: string[]): SketchCommit[] =>
  reviewers.map((reviewer, index) => ({
    message: `Change ${index}\n\nReviewed-by: ${reviewer}`,
    author: PEOPLE[index % PEOPLE.length],
    files: { 'src/a.ts': `export const a = ${index};\n` },
  }));
const BOB = 'Bob <bob@example.org>';
const DAN = 'Dan <dan@example.org>';
const EVE = '李 <li@example.org>';
const START: SketchCommit = { message: 'Start', author: BOB, files: { 'README.md': '# a\n' } };
const approvals = (reviewers: string[]) =>
  providerWith(
    reviewers.map((reviewer, index) => request(index + 1, { mergedAt: 1_704_200_000, approvedBy: [reviewer] })),
  );
const times = (count: number, reviewer: string) => Array.from({ length: count }, () => reviewer);

export const noSingleReviewer = defineRule({
  id: 'sages/no-single-reviewer',
  catalogue: 'SAG-C2',
  group: 'council',
  severity: 'low',
  confidence: 0.8,
  needs: ['commits', 'history'],
  uses: ['provider'],
  limits: { per: 'measure', good: 0.5, bad: 0.9, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://google.github.io/eng-practices/review/reviewer/'],
  tags: ['CHAOSS contributor-absence-factor', 'SSDF PW.7'],
  options: z.object({}),

  title: { en: 'Reviews are shared by several people', ja: 'レビューを複数人で分担する' },
  why: {
    en: 'One reviewer for everything is a queue, a single view, and a gap when away.',
    ja: '1人にレビューが集まると待ち行列ができ、見方が偏り、不在のときに止まります。',
  },
  fix: {
    en: 'Let two or three people take turns, and name owners for each part of the code.',
    ja: '2、3人で持ち回りにし、コードの部分ごとに担当者を決めてください。',
  },
  messages: {
    approvals: {
      en: 'One person approved {share} % of {reviews} reviewed requests of the last 12 months.',
      ja: '直近12か月にレビューされた変更依頼{reviews}件のうち、{share}%を1人が承認しています。',
    },
    trailers: {
      en: 'One person is named as reviewer of {share} % of {reviews} reviewed commits of the last 12 months.',
      ja: '直近12か月にレビューされたコミット{reviews}件のうち、{share}%に同じ1人がレビュー担当者として記されています。',
    },
    merges: {
      en: 'One person merged {share} % of {reviews} requests of others in the last 12 months.',
      ja: '直近12か月に取り込まれた他者の変更依頼{reviews}件のうち、{share}%を1人が取り込んでいます。',
    },
    'few-people': {
      en: 'Fewer than {least} people work here.',
      ja: '作業者が{least}人未満です。',
    },
    'few-reviews': {
      en: 'Fewer than {least} reviews by somebody else are on record in the last 12 months.',
      ja: '直近12か月に、作成者以外によるレビューの記録が{least}件未満です。',
    },
  },
  examples: {
    bad: [
      { commits: [START, ...reviewed(times(12, BOB))] },
      { commits: [START, ...reviewed([...times(9, '李 <li@example.org>'), ...times(3, DAN)])] },
      {
        commits: [START, ...PEOPLE.map((author) => ({ message: 'Note', author, files: { 'a.md': author } }))],
        provider: approvals([...times(11, 'bob'), 'dan']),
      },
    ],
    good: [
      { commits: [START, ...reviewed([...times(5, BOB), ...times(4, DAN), ...times(3, EVE)])] },
      {
        commits: [START, ...PEOPLE.map((author) => ({ message: 'Note', author, files: { 'a.md': author } }))],
        provider: approvals([...times(5, 'bob'), ...times(4, 'dan'), '花子', '花子', '李']),
      },
      {
        commits: [
          START,
          ...reviewed([...times(6, BOB), ...times(6, 'Bot <renovate[bot]@example.org>'), ...times(6, DAN)]),
        ],
      },
    ],
  },

  *check({ commits, history, provider }): CheckOutput {
    const personOf = personReader(commits);
    const people = new Set(commits.flatMap(writersOf).map(personOf));
    if (history.contributors < 2 || people.size < MIN_PEOPLE)
      return { outcome: 'not-applicable', reason: 'few-people', data: { least: MIN_PEOPLE } };

    const sources: [Source, Reviews][] = [
      ['approvals', fromProvider(provider)],
      ['trailers', fromTrailers(commits, personOf)],
      ['merges', fromMerges(commits, personOf)],
    ];
    for (const [source, all] of sources) {
      const reviews = all.filter((reviewers) => reviewers.length > 0);
      if (reviews.length < MIN_REVIEWS) continue;
      const counts = new Map<string, number>();
      for (const reviewer of reviews.flat()) counts.set(reviewer, (counts.get(reviewer) ?? 0) + 1);
      const most = Math.max(...counts.values());
      const data = { share: percent(most, reviews.length), reviews: reviews.length };
      yield { messageId: source, data, anchor: 'repository' };
      return { value: most / reviews.length, population: reviews.length, metrics: { reviewers: counts.size } };
    }
    // Requests there were; who approved them is not in Git.
    if (commits.filter(isRequest).length >= MIN_REVIEWS) {
      const gap = provider && hostGap(provider, 'pullRequests');
      if (gap) return gap;
      if (provider === null) return { outcome: 'not-available', reason: 'no-provider' };
    }
    return { outcome: 'not-applicable', reason: 'few-reviews', data: { least: MIN_REVIEWS } };
  },
});
