import * as z from 'zod';
import { isBugFix } from '../commits';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { isProductionPath } from '../paths';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { isTelling } from './risk';
import { historyOf, source } from './sketches';

const WINDOW = 90 * 86_400;
const MANY = 3;

export const noRecentFixes = defineRule({
  id: 'predictive/no-recent-fixes',
  catalogue: 'PRD-02',
  group: 'fixes',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits'],
  limits: { per: 'measure', good: 0.1, bad: 0.7, range: [0, 1] },
  effort: 'large',
  references: ['https://github.com/igrigorik/bugspots', 'https://doi.org/10.1109/ICSE.2013.6606583'],
  tags: [],
  options: z.object({}),

  title: { en: 'No file is mended again and again', ja: '同じファイルを何度も修正しない' },
  why: {
    en: 'Files that were just mended are the likeliest to be mended again: the cause is still there.',
    ja: '修正されたばかりのファイルは、また修正される可能性が最も高く、原因が残っています。',
  },
  fix: {
    en: 'Look for the common cause of the fixes, and pin each with a test.',
    ja: '修正に共通する原因を探し、それぞれにテストを加えてください。',
  },
  messages: {
    mended: {
      en: '{fixes} {fixes|fix|fixes} in the last 90 days, {all} in 12 months.',
      ja: '直近90日で{fixes}回、12か月で{all}回修正されています。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({ hot: ['src/税.ts', 'src/tax.ts'], content: (step) => source(3, step) }),
    ],
    good: [
      historyOf({
        hot: ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts', 'src/e.ts', 'src/f.ts', 'src/七.ts'],
        content: (step) => source(3, step),
        cold: 32,
      }),
      historyOf({
        hot: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `src/${name}.ts`),
        content: (step) => `export const step = ${step};\n`,
        cold: 36,
      }),
      historyOf({
        hot: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => `lib/${name}.ts`),
        content: (step) => source(1, step),
        cold: 40,
      }),
    ],
  }),

  *check({ files, functions, commits, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const recent = commits.filter(
      (commit) =>
        commit.committedAt > now - WINDOW &&
        isTelling(commit) &&
        commit.files.some((file) => isProductionPath(file.path)),
    );
    const fixes = recent.filter(isBugFix);
    const counts = new Map<string, number>();
    for (const commit of fixes) {
      for (const { path } of commit.files) {
        if (isProductionPath(path)) counts.set(path, (counts.get(path) ?? 0) + 1);
      }
    }
    for (const file of made.top) {
      const count = counts.get(file.path) ?? 0;
      if (count < MANY) continue;
      const data = { fixes: count, all: file.fixes };
      yield { messageId: 'mended', data, location: { path: file.path, line: 1 }, anchor: 'mended' };
    }
    const again = fixes.filter((commit) => commit.files.some((file) => (counts.get(file.path) ?? 0) >= MANY)).length;
    const metrics = { recent_fixes: fixes.length, repeated_fixes: again };
    return { value: fixes.length === 0 ? 0 : again / fixes.length, metrics };
  },
});
