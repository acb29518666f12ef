import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { forecast, HOT, INCONCLUSIVE, inconclusive, testGaps } from './forecast';
import { historyOf, source } from './sketches';

const test = (step: number) =>
  `import { expect, test } from 'vitest';\nimport { decide } from './hot';\ntest('decides ${step}', () => {\n  expect(decide(${step})).toBe(${step});\n});\n`;

export const noTestGap = defineRule({
  id: 'predictive/no-test-gap',
  catalogue: 'PRD-08',
  group: 'tests',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits', 'tests', 'imports'],
  limits: { per: 'measure', good: 0.1, bad: 0.8, range: [0, 1] },
  effort: 'moderate',
  references: ['https://codescene.com/product/behavioral-code-analysis'],
  tags: ['NIST SSDF PW.8'],
  options: z.object({}),

  title: { en: 'What changes often is tested', ja: 'よく変わるコードをテストする' },
  why: {
    en: 'The next defect is likeliest where code changes most; without a test nobody notices it.',
    ja: '最もよく変わる所で次の不具合が起きやすく、テストがなければ誰も気付きません。',
  },
  fix: {
    en: 'Write tests for its current behaviour, and ask for one with each change.',
    ja: '今の振る舞いを確かめるテストを書き、変更のたびにテストを求めてください。',
  },
  messages: {
    untested: {
      en: 'Changed {revisions} times in 12 months, complexity {complexity}, and no test covers it.',
      ja: '12か月で{revisions}回変更され、複雑度は {complexity} ですが、対応するテストがありません。',
    },
    unchanged: {
      en: 'Changed {revisions} times in 12 months; tests changed with it {count} {count|time|times}.',
      ja: '12か月で{revisions}回変更され、テストが一緒に変わったのは{count}回です。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/熱い.ts'], content: (step) => source(20, step), files: { 'src/cold1.test.ts': test(0) } }),
    ],
    good: [
      historyOf({
        hot: ['src/hot.ts'],
        content: (step) => source(20, step),
        files: { 'src/hot.test.ts': test(0) },
        along: (step) => ({ 'src/hot.test.ts': test(step) }),
      }),
      historyOf({
        hot: ['src/hot.ts', 'src/熱い.ts'],
        content: (step) => source(20, step),
        files: { 'src/hot.test.ts': test(0), 'src/熱い.test.ts': test(0).replace('./hot', './熱い') },
        along: (step) => ({ [step % 3 === 0 ? 'src/hot.test.ts' : 'src/熱い.test.ts']: test(step) }),
      }),
      historyOf({
        hot: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `src/${name}.ts`),
        content: (step) => source(20, step),
        files: { 'tests/run.tcl': 'check decide 1 1\n'.repeat(40) },
      }),
      historyOf({
        hot: ['src/decide.ts'],
        content: (step) => source(5, step),
        files: { 'tests/decide.test.ts': test(0).replace('./hot', '../src/decide') },
        along: (step) => ({ 'tests/decide.test.ts': test(step - (step % 4)).replace('./hot', '../src/decide') }),
      }),
    ],
  }),

  *check({ files, functions, commits, tests, imports, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const judged = made.top.filter((file) => file.complexity > 0);
    const gaps = testGaps({ files, tests, imports, commits }, judged);
    for (const file of judged) {
      const gap = gaps.get(file.path);
      if (!gap) continue;
      const { path, revisions, complexity } = file;
      yield {
        messageId: gap.kind,
        data: { revisions, complexity: Math.round(complexity), count: gap.withTest },
        location: { path, line: 1 },
        severity: gap.kind === 'untested' && file.hotspot > HOT ? 'high' : 'info',
        anchor: 'gap',
      };
    }
    if (judged.length === 0) return { value: 0 };
    const untested = judged.filter((file) => gaps.get(file.path)?.kind === 'untested').length;
    const value = (untested + (gaps.size - untested) / 2) / judged.length;
    return { value, metrics: { untested_hotspots: untested } };
  },
});
