import * as z from 'zod';
import { type CheckOutput, defineRule, type Sketch } from '../define';
import type { ScoreFact } from '../facts/audits';
import { median, theilSen } from './trend';

const DAY = 86_400;
const MONTH = 30 * DAY;
const MIN_SCORES = 5;
/** Points a month within which a score only trembles. */
const STEADY = 1;
const HORIZON_DAYS = 90;

const audits = (scores: readonly number[], path = 'src/a.ts'): Sketch => ({
  files: { [path]: 'export const a = 1;\n' },
  scores: scores.map((score, index): ScoreFact => ({ at: 1_700_000_000 + index * 10 * DAY, score })),
});

export const hasSteadyScore = defineRule({
  id: 'predictive/has-steady-score',
  catalogue: 'PRD-11',
  group: 'outlook',
  severity: 'medium',
  confidence: 0.8,
  needs: ['scores'],
  limits: null,
  effort: 'large',
  references: ['https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator'],
  tags: ['ISO27001 A.8.29'],
  options: z.object({ threshold: z.number().min(0).max(100).default(60) }),

  title: { en: 'The health score holds', ja: '健全度を保つ' },
  why: {
    en: 'A score that sinks a little with each audit crosses the line one day, and then all is due at once.',
    ja: '監査のたびに少しずつ下がるスコアは、いつか基準を割り、その時すべてを一度に直すことになります。',
  },
  fix: {
    en: 'Look at which magic sinks, and mend its newest findings before they are old.',
    ja: 'どの魔法のスコアが下がっているかを確かめ、新しい指摘から順に直してください。',
  },
  messages: {
    crossing: {
      en: 'The score sinks by {points} points a month over {audits} audits: it crosses {threshold} in about {days} days.',
      ja: '直近{audits}回の監査でスコアが月に{points}点ずつ下がっており、約{days}日後に{threshold}点を割る見込みです。',
    },
    few: {
      en: 'Only {audits} earlier audits: too few to see where the score is going.',
      ja: '過去の監査が{audits}回しかなく、スコアの行方を判断できません。',
    },
  },
  examples: {
    bad: [audits([80, 77, 75, 72, 70, 68]), audits([90, 60, 85, 80, 75, 70, 66], 'src/税.ts')],
    good: [
      audits([80, 81, 80, 82, 81, 80]),
      audits([60, 64, 70, 75, 80], 'src/税.ts'),
      audits([95, 94.9, 94.7, 94.6, 94.5, 94.3]),
      audits([55, 54, 50, 48, 45], 'src/b.ts'),
    ],
  },

  *check({ scores }, { threshold }): CheckOutput {
    if (scores.length < MIN_SCORES) {
      return { outcome: 'inconclusive', reason: 'few', data: { audits: scores.length } };
    }
    const perMonth = Math.round(100 * theilSen(scores.map(({ at, score }) => [at / MONTH, score]))) / 100;
    const last = scores.at(-1)?.at ?? 0;
    // Where the trend is today: the newest score alone may be the odd one.
    const level = median(scores.map(({ at, score }) => score + (perMonth * (last - at)) / MONTH));
    const trend = Math.abs(perMonth) < STEADY ? 0 : Math.sign(perMonth);
    const metrics: Record<string, number> = { score_points_per_month: perMonth, qualityTrend: trend };
    if (trend < 0 && level > threshold) {
      const days = Math.ceil(((level - threshold) / -perMonth) * 30);
      metrics.days_to_threshold = days;
      if (days <= HORIZON_DAYS) {
        const points = Math.round(-perMonth * 10) / 10;
        yield { messageId: 'crossing', data: { points, audits: scores.length, threshold, days }, anchor: 'crossing' };
      }
    }
    return { value: perMonth, metrics };
  },
});
