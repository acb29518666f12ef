import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { changePeriods, companions } from './entropy';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { historyOf, source } from './sketches';
import { theilSen } from './trend';

const RECENT = 3;
const MIN_PERIODS = 3;

const around = (step: number, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/part${index}.ts`, source(2, step)]));

export const noScatteredChange = defineRule({
  id: 'predictive/no-scattered-change',
  catalogue: 'PRD-04',
  group: 'churn',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits'],
  limits: { per: 'measure', good: 0.2, bad: 0.8, range: [0, 1] },
  effort: 'large',
  references: ['https://doi.org/10.1109/ICSE.2009.5070510'],
  tags: [],
  options: z.object({ maxOthers: z.number().min(1).max(50).default(5) }),

  title: { en: 'A change stays in few files', ja: '1つの変更を少数のファイルに収める' },
  why: {
    en: 'The more files one change is spread over, the more likely one of them is forgotten: spread predicts defects.',
    ja: '1つの変更が多くのファイルに散らばるほど直し忘れが起きやすく、散らばり具合は不具合を予告します。',
  },
  fix: {
    en: 'Give what always changes together one home, so that the next change has one place.',
    ja: 'いつも一緒に変わるものを1か所に集め、次の変更が1か所で済むようにしてください。',
  },
  messages: {
    scattered: {
      en: 'Changed {revisions} times in 12 months, each time together with {others} other files of the product on average.',
      ja: '12か月で{revisions}回変更され、そのたびに平均{others}個の他の本番ファイルも変更されています。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step), along: (step) => around(step, 6) }),
      historyOf({ hot: ['src/税.ts'], content: (step) => source(20, step), along: (step) => around(step, 6) }),
    ],
    good: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/税.ts'], content: (step) => source(20, step), along: (step) => around(step, 3) }),
      historyOf({
        hot: ['src/hot.ts'],
        content: (step) => source(20, step),
        along: (step) =>
          Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`docs/page${index}.md`, `# ${step}\n`])),
      }),
    ],
  }),

  *check({ files, functions, commits, now }, { maxOthers }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const production = new Set(made.risks.map(({ path }) => path));
    const isSubject = (path: string) => production.has(path);
    const tallies = companions(commits, isSubject);
    let scattered = 0;
    for (const { path, revisions } of made.top) {
      const tally = tallies.get(path);
      const others = tally ? tally.others / tally.revisions : 0;
      if (others <= maxOthers) continue;
      scattered += 1;
      const data = { revisions, others: Math.round(others * 10) / 10 };
      yield { messageId: 'scattered', data, location: { path, line: 1 }, anchor: 'scattered' };
    }
    const periods = changePeriods(commits, now, isSubject);
    const recent = periods.filter(({ age }) => age < RECENT);
    const metrics: Record<string, number> = { scattered_files: scattered };
    if (recent.length > 0) {
      metrics.change_entropy = recent.reduce((sum, { entropy }) => sum + entropy, 0) / recent.length;
    }
    if (periods.length >= MIN_PERIODS) {
      metrics.change_entropy_trend = theilSen(periods.map(({ age, entropy }) => [-age, entropy]));
    }
    return { value: made.top.length === 0 ? 0 : scattered / made.top.length, metrics };
  },
});
