import * as z from 'zod';
import { defineRule } from '../define';
import { functionsOver } from '../functions';

export const noDeepNesting = defineRule({
  id: 'strict/no-deep-nesting',
  catalogue: 'STR-M5',
  group: 'maintainability',
  severity: 'medium',
  upTo: 'high',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.008, bad: 0.05, range: [0, 1] },
  references: ['https://rules.sonarsource.com/java/RSPEC-134/', 'https://eslint.org/docs/latest/rules/max-depth'],
  tags: ['CWE-1124', 'ISO25010 maintainability'],
  readsLimits: 'side',
  options: z.object({ limit: z.number().int().min(1).default(4) }),

  title: { en: 'No deep nesting', ja: '制御構造を深く入れ子にしない' },
  why: {
    en: 'To know when the innermost line runs, a reader has to hold all conditions around it in mind.',
    ja: '最も内側の行がいつ実行されるかを知るには、外側の条件をすべて覚えておく必要があります。',
  },
  fix: {
    en: 'Return early, merge conditions, or move the inner part into a function of its own.',
    ja: '早めに return する、条件をまとめる、または内側を別の関数に切り出してください。',
  },
  messages: {
    deep: {
      en: '“{name}” nests control structures {value} deep (limit {limit}).',
      ja: '「{name}」の制御構造は{value}段の入れ子です（上限{limit}段）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts':
            'export function pay(a: A) {\n  for (const b of a.rows) {\n    if (b.open) {\n      while (b.next()) {\n        if (b.due) {\n          if (b.card) charge(b);\n        }\n      }\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'pay.py':
            'def pay(rows):\n    for row in rows:\n        if row.open:\n            with lock:\n                try:\n                    for item in row:\n                        if item:\n                            charge(item)\n                except OSError:\n                    log(row)\n',
        },
      },
      {
        files: {
          'pay.go':
            'package pay\n\nfunc Pay(rows []Row) {\n\tfor _, row := range rows {\n\t\tif row.Open {\n\t\t\tfor row.Next() {\n\t\t\t\tif row.Due {\n\t\t\t\t\tif row.Card {\n\t\t\t\t\t\tcharge(row)\n\t\t\t\t\t}\n\t\t\t\t}\n\t\t\t}\n\t\t}\n\t}\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            'export function pay(a: A) {\n  for (const b of a.rows) {\n    if (!b.open) continue;\n    while (b.next()) {\n      if (b.due) {\n        if (b.card) charge(b);\n      }\n    }\n  }\n}\n',
        },
      },
      {
        files: {
          'src/kind.js':
            'export function kind(n) {\n  if (n === 1) return 1;\n  else if (n === 2) return 2;\n  else if (n === 3) return 3;\n  else if (n === 4) return 4;\n  else if (n === 5) return 5;\n  else if (n === 6) return 6;\n  return 7;\n}\n',
        },
      },
      {
        files: {
          'pay.py':
            'def pay(rows):\n    for row in rows:\n        if row.open:\n            for item in row:\n                if item:\n                    charge(item)\n',
        },
      },
    ],
  },

  *check({ functions, totals }, { limit }, { limits }) {
    return yield* functionsOver({
      facts: { functions, totals },
      limits,
      measure: (fn) => fn.nesting,
      limit,
      severityOf: () => 'medium',
      messageId: 'deep',
      metric: 'deep_nesting',
    });
  },
});
