import { z } from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { DangerousCallFact, FunctionFact } from '../facts';
import { backTestMetrics, forecast, HOT, INCONCLUSIVE, inconclusive } from './forecast';
import type { FileRisk } from './risk';
import { historyOf, source } from './sketches';

const COMPLEX = 10;
const DEEP_LOOP = 3;

/** Mean over files, each counted by how much of it changes: quiet code does not hide what hurts. */
function weightedByChange(risks: readonly FileRisk[], read: (file: FileRisk) => number): number {
  let sum = 0;
  let weights = 0;
  for (const file of risks) {
    sum += read(file) * file.churnedLines;
    weights += file.churnedLines;
  }
  return weights === 0 ? 0 : sum / weights;
}

function outlook(
  risks: readonly FileRisk[],
  functions: readonly FunctionFact[],
  dangerousCalls: readonly DangerousCallFact[],
): Record<string, number> {
  const deep = new Set(functions.filter((each) => each.loopDepth >= DEEP_LOOP).map((each) => each.path));
  const dangerous = new Set(dangerousCalls.map((call) => call.path));
  const lines = new Map<string, { all: number; complex: number }>();
  for (const { path, codeLines, cyclomatic } of functions) {
    const tally = lines.get(path) ?? { all: 0, complex: 0 };
    tally.all += codeLines;
    if (cyclomatic > COMPLEX) tally.complex += codeLines;
    lines.set(path, tally);
  }
  const complexShare = (path: string) => {
    const tally = lines.get(path);
    return tally && tally.all > 0 ? Math.min(1, tally.complex / tally.all) : 0;
  };
  const allLines = risks.reduce((sum, file) => sum + file.codeLines, 0);
  const complexLines = risks.reduce((sum, file) => sum + file.codeLines * complexShare(file.path), 0);
  return {
    performanceRisk: weightedByChange(risks, (file) => (deep.has(file.path) ? 1 : 0)),
    securityRisk: weightedByChange(risks, (file) => (dangerous.has(file.path) ? 1 : 0)),
    technicalDebtScore: allLines === 0 ? 0 : (100 * complexLines) / allLines,
    maintainabilityPrediction: 100 * (1 - weightedByChange(risks, (file) => complexShare(file.path))),
  };
}

export const noHotspot = defineRule({
  id: 'predictive/no-hotspot',
  catalogue: 'PRD-01',
  group: 'hotspots',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits', 'dangerousCalls'],
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
  examples: {
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
  },

  *check({ files, functions, commits, dangerousCalls, now }): CheckOutput {
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
      ...outlook(made.risks, functions, dangerousCalls),
      confidence: made.confidence,
      ...backTestMetrics(made.test),
    };
    return { value, metrics };
  },
});
