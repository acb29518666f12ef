import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { complexityTrends, isRising } from './complexity-trend';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { historyOf, source } from './sketches';

const MANY_FIXES = 2;

export const noRisingComplexity = defineRule({
  id: 'predictive/no-rising-complexity',
  catalogue: 'PRD-06',
  group: 'hotspots',
  severity: 'info',
  upTo: 'medium',
  confidence: 0.85,
  needs: ['files', 'functions', 'commits', 'fileRevisions'],
  limits: { per: 'measure', good: 0.2, bad: 0.8, range: [0, 1] },
  effort: 'large',
  references: [
    'https://codescene.io/docs/guides/technical/complexity-trends.html',
    'https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator',
  ],
  tags: [],
  options: z.object({}),

  title: { en: 'What changes often does not grow more complicated', ja: 'よく変わるコードを複雑にしていかない' },
  why: {
    en: 'Complexity that rises with each change makes the next change slower and its mistakes likelier.',
    ja: '変更のたびに複雑になるコードは、次の変更を遅くし、間違いを起こしやすくします。',
  },
  fix: {
    en: 'Before the next addition, split off what was added last and simplify what is left.',
    ja: '次に機能を加える前に、最近加えた部分を切り出し、残りを簡単にしてください。',
  },
  messages: {
    rising: {
      en: 'Complexity rose from {first} to {last} over the last {revisions} revisions ({fixes} fixes in 12 months).',
      ja: '直近{revisions}回の変更で、複雑度が {first} から {last} に上がっています（12か月の修正{fixes}回）。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(2 * step, step) }),
      historyOf({
        hot: ['src/税.ts', 'src/b.ts'],
        content: (step, path) => source(path === 'src/b.ts' ? 5 : step, step),
      }),
    ],
    good: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/税.ts'], content: (step) => source(80 - step, step) }),
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(step === 50 ? 40 : 20, step) }),
    ],
  }),

  *check({ files, functions, commits, fileRevisions, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const trends = complexityTrends(fileRevisions);
    let judged = 0;
    let rising = 0;
    let growth = 0;
    for (const { path, fixes } of made.top) {
      const trend = trends.get(path);
      if (!trend) continue;
      judged += 1;
      growth += trend.growth;
      if (!isRising(trend)) continue;
      rising += 1;
      const { first, last, revisions } = trend;
      yield {
        messageId: 'rising',
        data: { first, last, revisions, fixes },
        location: { path, line: 1 },
        severity: fixes >= MANY_FIXES ? 'medium' : 'info',
        anchor: 'rising',
      };
    }
    if (judged === 0) return { value: 0 };
    return { value: rising / judged, metrics: { rising_files: rising, mean_complexity_growth: growth / judged } };
  },
});
