import * as z from 'zod';
import { MAX_LISTED_COMMITS } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { hostGap } from '../host-gap';
import { providerWith, request } from './sketches';

const many = Array.from({ length: 12 }, (_, index) =>
  request(index + 1, { mergedAt: 1_704_200_000, approvedBy: ['bob'] }),
);

export const noIgnoredAdvice = defineRule({
  id: 'sages/no-ignored-advice',
  catalogue: 'SAG-C3',
  group: 'council',
  severity: 'high',
  confidence: 0.9,
  needs: ['provider'],
  limits: { per: 'measure', good: 0, bad: 0.1, range: [0, 1] },
  effort: 'moderate',
  references: [
    'https://docs.github.com/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/about-pull-request-reviews',
  ],
  tags: ['ISO27001 A.8.32', 'SSDF PW.7', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Requested changes are answered before the merge', ja: '求められた変更に応えてから取り込む' },
  why: {
    en: 'A merge over an open request for changes throws the advice away, and tells reviewers not to bother.',
    ja: '変更要求が残ったまま取り込むと助言が失われ、レビューする人の意欲もそがれます。',
  },
  fix: {
    en: 'Look at what was asked for, make up for it in a follow-up, and require reviews to be resolved before a merge.',
    ja: '求められていた内容を確かめて後続の変更で対応し、レビューが解決するまで取り込めない設定にしてください。',
  },
  messages: {
    ignored: {
      en: 'Request #{number} was merged over open requests for changes (reviewers who asked: {reviewers}).',
      ja: '変更依頼 #{number} は、{reviewers}人のレビュー担当者が変更を求めたまま取り込まれました。',
    },
  },
  examples: {
    bad: [
      { provider: providerWith([request(7, { mergedAt: 1_704_200_000, changesRequestedBy: ['bob'] })]) },
      {
        provider: providerWith([
          ...many,
          request(20, { mergedAt: 1_704_200_000, approvedBy: ['bob'], changesRequestedBy: ['花子', '李'] }),
        ]),
      },
    ],
    good: [
      { provider: providerWith([request(7, { mergedAt: 1_704_200_000, approvedBy: ['bob'] })]) },
      { provider: providerWith([...many, request(20, { changesRequestedBy: ['bob'] })]) },
      {
        provider: providerWith([
          ...many,
          request(21, { isBot: true, author: 'renovate[bot]', mergedAt: 1_704_200_000, approvedBy: ['bob'] }),
        ]),
      },
    ],
  },

  *check({ provider }): CheckOutput {
    const gap = hostGap(provider, 'pullRequests');
    if (gap) return gap;
    const merged = provider.pullRequests.filter(({ mergedAt }) => mergedAt !== null);
    const reviewed = merged.filter((each) => each.approvedBy.length > 0 || each.changesRequestedBy.length > 0);
    const ignored = reviewed.filter((each) => each.changesRequestedBy.length > 0);
    for (const { number, changesRequestedBy, mergeCommitId } of ignored.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'ignored',
        data: { number, reviewers: changesRequestedBy.length },
        commits: mergeCommitId === null ? [] : [mergeCommitId],
        anchor: `request ${number}`,
      };
    }
    return {
      value: ignored.length / reviewed.length,
      population: reviewed.length,
      metrics: { advice_ignored: ignored.length },
    };
  },
});
