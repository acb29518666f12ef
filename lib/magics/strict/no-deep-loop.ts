import * as z from 'zod';
import { defineRule } from '../define';
import { functionsOver } from '../functions';

export const noDeepLoop = defineRule({
  id: 'strict/no-deep-loop',
  catalogue: 'STR-P1',
  group: 'performance',
  severity: 'low',
  upTo: 'medium',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.005, bad: 0.05, range: [0, 1] },
  references: ['https://rules.sonarsource.com/java/RSPEC-134/', 'https://docs.astral.sh/ruff/rules/#perflint-perf'],
  tags: ['CWE-1050', 'CWE-407'],
  readsLimits: 'side',
  options: z.object({ depth: z.number().int().min(2).default(3) }),

  title: { en: 'No loops three deep', ja: '三重以上のループを作らない' },
  why: {
    en: 'The work grows with the product of all three sizes: fast on test data, slow on real data.',
    ja: '処理量は3つの大きさの積で増えます。試験用のデータでは速く、実データで遅くなります。',
  },
  fix: {
    en: 'Look things up in a map or set built once, sort first, or move the inner loop into a named function with a bound.',
    ja: '一度だけ作った連想配列や集合を引く、先に並べ替える、または内側を上限のある関数に切り出してください。',
  },
  messages: {
    deep: { en: '“{name}” nests loops {value} deep.', ja: '「{name}」はループが {value} 重です。' },
  },
  examples: {
    bad: [
      {
        files: {
          'src/join.ts':
            'export function join(a: number[], b: number[], c: number[]) {\n  for (const x of a) {\n    for (const y of b) {\n      for (const z of c) {\n        if (x === y && y === z) emit(x);\n      }\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'join.py':
            'def join(a, b, c):\n    for x in a:\n        for y in b:\n            while c:\n                emit(x, y, c.pop())\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/join.ts':
            'export function join(a: number[], b: Set<number>) {\n  for (const x of a) {\n    if (b.has(x)) emit(x);\n  }\n}\n',
        },
      },
      {
        files: {
          'grid.go':
            'package grid\n\nfunc Sum(rows [][]int) int {\n\ttotal := 0\n\tfor _, row := range rows {\n\t\tfor _, cell := range row {\n\t\t\ttotal += cell\n\t\t}\n\t}\n\treturn total\n}\n',
        },
      },
      {
        files: {
          'src/seq.rs':
            'pub fn seq(a: &[u32], b: &[u32]) -> u32 {\n    let mut n = 0;\n    for x in a {\n        n += x;\n    }\n    for y in b {\n        n += y;\n    }\n    n\n}\n',
        },
      },
    ],
  },

  *check({ functions, totals }, { depth }, { limits }) {
    return yield* functionsOver({
      facts: { functions, totals },
      limits,
      measure: (fn) => fn.loopDepth,
      limit: depth - 1,
      severityOf: (value) => (value > depth ? 'medium' : 'low'),
      messageId: 'deep',
      metric: 'deep_loops',
    });
  },
});
