import * as z from 'zod';
import { defineRule } from '../define';

export const noMagicNumber = defineRule({
  id: 'strict/no-magic-number',
  catalogue: 'STR-M6',
  group: 'maintainability',
  severity: 'low',
  needs: ['magicNumbers'],
  limits: { per: 'kloc', good: 1, bad: 15 },
  report: 'beyond-limit',
  weight: 0.5,
  effort: 'trivial',
  references: [
    'https://docs.astral.sh/ruff/rules/magic-value-comparison/',
    'https://eslint.org/docs/latest/rules/no-magic-numbers',
    'https://rules.sonarsource.com/java/RSPEC-109/',
  ],
  tags: ['CWE-1106', 'ISO25010 maintainability'],
  options: z.object({}),

  title: { en: 'No comparison with an unnamed number', ja: '名前のない数値と比較しない' },
  why: {
    en: 'Nobody knows what the number stands for, and when it changes one place is forgotten.',
    ja: '数値の意味が分からず、変更のときに直し忘れる箇所が出ます。',
  },
  fix: { en: 'Give the number a name as a constant.', ja: '数値を定数にして名前を付けてください。' },
  messages: {
    magic: { en: 'What the number means is not said: {code}', ja: '数値の意味が書かれていません：{code}' },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'export function isLarge(order: Order) {\n  return order.total > 4711;\n}\n' } },
      { files: { 'pay.py': 'def is_large(order):\n    return order.total > 37.5\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Kind(o Order) bool {\n\treturn o.Kind == 7\n}\n' } },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            'const LARGE = 4711;\nexport function isLarge(order: Order) {\n  return order.total > LARGE || order.items.length === 3 || order.total < 0;\n}\n',
        },
      },
      {
        files: {
          'src/fib.c': 'void check(void) {\n  assert(fib(6) == 13);\n  assert(fib(7) == 21);\n}\n',
          'pay.py':
            'def is_large(order, response):\n    return response.status_code == 404 or len(order) == 7 or order.day > 15\n',
        },
      },
      {
        files: {
          'src/refund.ts': 'export function fails() {\n  // 15% of the calls fail\n  return Math.random() < 0.15;\n}\n',
          'src/limit.py': 'def is_large(order):\n    return order.total > 37.5  # what a parcel may cost\n',
        },
      },
      { files: { 'src/pay.c': 'int flag(int bits) {\n  return bits == 0x7f || bits < 256;\n}\n' } },
      {
        files: {
          'src/Year.java': 'class Year {\n  boolean isLeap(int n) {\n    return n % 400 == 0 && n % 7 != 3;\n  }\n}\n',
        },
      },
    ],
  },

  *check({ magicNumbers }) {
    for (const { path, role, line, text } of magicNumbers) {
      if (role !== 'production') continue;
      yield {
        messageId: 'magic',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        anchor: text,
      };
    }
  },
});
