import * as z from 'zod';
import { defineRule } from '../define';
import { functionsOver } from '../functions';

const decisions = (count: number, form: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => form(n)).join('');

export const noHighCyclomaticComplexity = defineRule({
  id: 'strict/no-high-cyclomatic-complexity',
  catalogue: 'STR-M1',
  group: 'maintainability',
  severity: 'medium',
  upTo: 'high',
  needs: ['functions'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  effort: 'large',
  references: [
    'https://doi.org/10.1109/TSE.1976.233837',
    'https://docs.astral.sh/ruff/rules/complex-structure/',
    'https://rules.sonarsource.com/java/RSPEC-1541/',
  ],
  tags: ['CWE-1121', 'ISO25010 maintainability'],
  readsLimits: 'side',
  options: z.object({
    medium: z.number().int().min(2).default(10),
    high: z.number().int().min(2).default(50),
  }),

  title: { en: 'No function with too many paths', ja: '分岐の多すぎる関数を作らない' },
  why: {
    en: 'Every path needs a test and a thought. Beyond ten, people test and understand only some of them.',
    ja: '経路ごとにテストと理解が必要です。10を超えると、一部しかテストも理解もされなくなります。',
  },
  fix: {
    en: 'Split it by purpose, return early, or replace branches by a table or polymorphism.',
    ja: '目的ごとに分割し、早期に戻るか、分岐を表や多態に置き換えてください。',
  },
  messages: {
    complex: {
      en: '“{name}” has {value} independent paths (limit {limit}).',
      ja: '「{name}」の循環的複雑度は {value} です（上限 {limit}）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/price.ts': `export function price(n: number): number {\n${decisions(11, (n) => `  if (n === ${n}) return ${n * 7};\n`)}  return 0;\n}\n`,
        },
      },
      {
        files: {
          'price.py': `def price(n):\n${decisions(21, (n) => `    if n == ${n}:\n        return ${n * 7}\n`)}    return 0\n`,
        },
      },
      {
        files: {
          'price.go': `package price\n\nfunc Price(n int, m int) int {\n${decisions(6, (n) => `\tif n == ${n} && m > ${n} {\n\t\treturn ${n * 7}\n\t}\n`)}\treturn 0\n}\n`,
        },
      },
    ],
    good: [
      {
        files: {
          'src/price.ts': `export function price(n: number): number {\n${decisions(9, (n) => `  if (n === ${n}) return ${n * 7};\n`)}  return 0;\n}\n`,
        },
      },
      {
        files: {
          'price.py': `PRICES = {\n${decisions(30, (n) => `    ${n}: ${n * 7},\n`)}}\n\n\ndef price(n):\n    return PRICES.get(n, 0)\n`,
        },
      },
      {
        files: {
          'src/価格.ts': 'export function 価格(数: number): number {\n  return 数 > 10 ? 数 * 9 : 数 * 10;\n}\n',
          'src/price.test.ts': `test('prices', () => {\n${decisions(12, (n) => `  if (n === ${n}) expect(price(${n})).toBe(${n});\n`)}});\n`,
        },
      },
    ],
  },

  *check({ functions, totals }, { medium, high }, { limits }) {
    return yield* functionsOver({
      facts: { functions, totals },
      limits,
      measure: (fn) => fn.cyclomatic,
      limit: medium,
      severityOf: (value) => (value > high ? 'high' : 'medium'),
      messageId: 'complex',
      metric: 'complex_functions',
    });
  },
});
