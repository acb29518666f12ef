import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import type { DangerousCallFact, FunctionFact } from '../facts/code';
import { isScriptPath } from '../paths';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { weightedByChange } from './outlook';
import { historyOf, source } from './sketches';

const DEEP_LOOP = 3;

function countByPath(rows: readonly { path: string; line: number }[]): Map<string, { count: number; line: number }> {
  const counts = new Map<string, { count: number; line: number }>();
  for (const { path, line } of rows) {
    const known = counts.get(path);
    if (known) known.count += 1;
    else counts.set(path, { count: 1, line });
  }
  return counts;
}

const deepLoops = (functions: readonly FunctionFact[]) =>
  countByPath(functions.filter(({ loopDepth, role }) => loopDepth >= DEEP_LOOP && role === 'production'));
const dangers = (calls: readonly DangerousCallFact[]) =>
  countByPath(calls.filter(({ role, path }) => role === 'production' && !isScriptPath(path)));

const loops = (step: number) =>
  `export function sum(a: number[][][]) {\n  let all = ${step};\n  for (const x of a) {\n    for (const y of x) {\n      for (const z of y) {\n        all += z;\n      }\n    }\n  }\n  return all;\n}\n`;
const shell = (step: number) =>
  `import { execSync } from 'node:child_process';\nexport const step = ${step};\nexport function run(name: string) {\n  return execSync('make ' + name);\n}\n`;

export const noExposedHotspot = defineRule({
  id: 'predictive/no-exposed-hotspot',
  catalogue: 'PRD-10',
  group: 'outlook',
  severity: 'info',
  confidence: 0.8,
  needs: ['files', 'functions', 'commits', 'dangerousCalls'],
  limits: { per: 'measure', good: 0.05, bad: 0.5, range: [0, 1] },
  effort: 'moderate',
  references: ['https://cwe.mitre.org/data/definitions/78.html', 'https://cwe.mitre.org/data/definitions/1050.html'],
  tags: ['CWE-78', 'CWE-95', 'CWE-1050', 'OWASP A03'],
  options: z.object({}),

  title: { en: 'No weak spot where the code changes most', ja: '最もよく変わる所に弱点を置かない' },
  why: {
    en: 'A shell call or a deep loop in code that changes all the time is one careless change away from an incident.',
    ja: 'いつも変わるコードにあるシェル呼び出しや深いループは、不注意な変更1つで事故になります。',
  },
  fix: {
    en: 'Move it behind a small function with tests of its own, away from what changes.',
    ja: '専用のテストを備えた小さな関数に移し、よく変わる部分から切り離してください。',
  },
  messages: {
    security: {
      en: '{count} {count|shell or dynamic call|shell or dynamic calls} with values from outside, in a file changed {revisions} times in 12 months.',
      ja: '12か月で{revisions}回変更されたファイルに、外から来る値を使うシェル呼び出しや動的実行が{count}件あります。',
    },
    performance: {
      en: '{count} {count|function|functions} with loops three deep or more, in a file changed {revisions} times in 12 months.',
      ja: '12か月で{revisions}回変更されたファイルに、3重以上のループを持つ関数が{count}個あります。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      historyOf({ hot: ['src/hot.ts'], content: loops }),
      historyOf({
        hot: ['src/税.ts', 'src/b.ts'],
        content: (step, path) => (path === 'src/b.ts' ? source(9, step) : shell(step)),
      }),
    ],
    good: [
      historyOf({ hot: ['src/hot.ts'], content: (step) => source(20, step) }),
      historyOf({
        hot: ['src/hot.ts'],
        content: (step) => source(20, step),
        files: { 'src/sum.ts': loops(0), 'src/run.ts': shell(0) },
      }),
      historyOf({
        hot: ['src/税.ts'],
        content: (step) =>
          `export function run(a: number[]) {\n  for (const x of a) {\n    for (const y of a) {\n      step(x, y, ${step});\n    }\n  }\n}\n`,
      }),
    ],
  }),

  *check({ files, functions, commits, dangerousCalls, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;

    const found = { security: dangers(dangerousCalls), performance: deepLoops(functions) } as const;
    for (const { path, revisions } of made.top) {
      for (const messageId of ['security', 'performance'] as const) {
        const spot = found[messageId].get(path);
        if (!spot) continue;
        const data = { count: spot.count, revisions };
        yield { messageId, data, location: { path, line: spot.line }, anchor: messageId };
      }
    }
    const share = (spots: ReadonlyMap<string, unknown>) =>
      weightedByChange(made.risks, (file) => (spots.has(file.path) ? 1 : 0));
    const metrics = { performanceRisk: share(found.performance), securityRisk: share(found.security) };
    return { value: Math.max(metrics.performanceRisk, metrics.securityRisk), metrics };
  },
});
