import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { backTestMetrics, forecast, HOT, INCONCLUSIVE, inconclusive } from './forecast';
import { debtOutlook, weightedByChange } from './outlook';
import { historyOf, source } from './sketches';

export const noHotspot = defineRule({
  id: 'predictive/no-hotspot',
  catalogue: 'PRD-01',
  group: 'hotspots',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits'],
  limits: { per: 'measure', good: 0.6, bad: 1, range: [0, 1] },
  effort: 'large',
  references: [
    'https://pragprog.com/titles/atcrime2/your-code-as-a-crime-scene-second-edition/',
    'https://github.com/adamtornhill/code-maat',
  ],
  tags: [],
  options: z.object({}),

  title: { en: 'No complicated file that changes all the time', ja: '複雑で変更の多いファイルを作らない' },
  why: {
    en: 'Where code is both complicated and changed often, most defects are made and most time is lost.',
    ja: '複雑でしかも頻繁に変わるコードで、不具合も手間も最も多く生まれます。',
  },
  fix: {
    en: 'Cover it with tests, then split off the part that changes most.',
    ja: 'テストで守ったうえで、最もよく変わる部分を切り出してください。',
  },
  messages: {
    hotspot: {
      en: 'Changed {revisions} times in 12 months with complexity {complexity}: among the top of both.',
      ja: '12か月で{revisions}回変更され、複雑度は {complexity} です。どちらも最上位です。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/熱い.ts', 'src/tax.ts'], content: (step) => source(30, step), cold: 18 }),
    ],
    good: [
      historyOf({ hot: ['src/table.ts'], content: (step) => `export const rates = [${step}];\n` }),
      historyOf({
        hot: ['src/表.ts', 'src/names.ts'],
        content: (step) => `export const names = ['${step}'];\n`,
        cold: 12,
      }),
      historyOf({ hot: ['src/a.ts'], content: (step) => source(1, step), cold: 9 }),
    ],
  }),

  *check({ files, functions, commits, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;
    for (const { path, revisions, complexity, hotspot, risk } of made.top) {
      if (hotspot <= HOT) continue;
      yield {
        messageId: 'hotspot',
        data: { revisions, complexity: Math.round(complexity) },
        location: { path, line: 1 },
        evidence: `risk ${risk.toFixed(2)}`,
        anchor: 'hotspot',
      };
    }
    const value = weightedByChange(made.risks, (file) => file.risk);
    const metrics = {
      bugProbability: value,
      ...debtOutlook(made.risks, functions),
      confidence: made.confidence,
      ...backTestMetrics(made.test),
    };
    return { value, metrics };
  },
});
