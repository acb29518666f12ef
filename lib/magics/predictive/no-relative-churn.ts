import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { forecast, INCONCLUSIVE, inconclusive, MIN_REVISIONS } from './forecast';
import { historyOf, source } from './sketches';

const table = (step: number) =>
  Array.from({ length: 60 }, (_, index) => `export const rate${index} = ${index + step};\n`).join('');

/** A few lines are rewritten by any change. */
const MIN_LINES = 50;

export const noRelativeChurn = defineRule({
  id: 'predictive/no-relative-churn',
  catalogue: 'PRD-03',
  group: 'churn',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits'],
  limits: { per: 'measure', good: 0.1, bad: 0.6, range: [0, 1] },
  effort: 'large',
  references: ['https://doi.org/10.1145/1062455.1062514'],
  tags: [],
  options: z.object({ maxChurn: z.number().positive().default(1) }),

  title: { en: 'No file is rewritten over and over', ja: '同じファイルを書き直し続けない' },
  why: {
    en: 'Lines changed relative to a file’s size predict defects: what never settles was never finished.',
    ja: '大きさに対する変更行数は不具合を予告します。落ち着かないコードは、まだ出来上がっていません。',
  },
  fix: {
    en: 'Settle the design first: agree on the interface, write it down, then build on it.',
    ja: 'まず設計を固めてください。インターフェースを合意して書き残し、その上に作ります。',
  },
  messages: {
    rewritten: {
      en: '{churned} lines changed in 12 months, {percent} % of its {lines} lines.',
      ja: '12か月で{churned}行（全{lines}行の{percent}%）が変更されています。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => table(step) }),
      historyOf({ hot: ['src/税.ts'], content: (step) => table(step) + source(3, step).replace('step', 'turn') }),
    ],
    good: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(50, step, 100), cold: 8 }),
      historyOf({ hot: ['src/税.ts', 'src/b.ts'], content: (step) => source(40, step, 40), cold: 10 }),
      historyOf({ hot: ['src/a.ts', 'src/b.ts', 'src/c.ts'], content: (step) => source(50, step), cold: 14 }),
    ],
  }),

  *check({ files, functions, commits, now }, { maxChurn }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const frequent = made.risks.filter((file) => file.revisions >= MIN_REVISIONS && file.lines >= MIN_LINES);
    const rewritten = frequent.filter((file) => file.relativeChurn > maxChurn);
    for (const { path, churnedLines, lines, relativeChurn } of rewritten) {
      yield {
        messageId: 'rewritten',
        data: { churned: churnedLines, percent: Math.round(relativeChurn * 100), lines },
        location: { path, line: 1 },
        anchor: 'rewritten',
      };
    }
    if (frequent.length === 0) return { value: 0 };
    return { value: rewritten.length / frequent.length, metrics: { rewritten_files: rewritten.length } };
  },
});
