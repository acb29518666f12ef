import * as z from 'zod';
import { defineRule } from '../define';
import { slowFormsOf } from '../slow-forms';

export const noDoubleRecursion = defineRule({
  id: 'strict/no-double-recursion',
  catalogue: 'STR-P6',
  group: 'performance',
  severity: 'low',
  needs: ['slowForms'],
  limits: { per: 'sites', good: 0, bad: 3 },
  effort: 'trivial',
  references: ['https://docs.python.org/3/library/functools.html#functools.cache'],
  tags: ['CWE-407', 'CWE-674'],
  options: z.object({}),

  title: { en: 'No doubling recursion', ja: '呼び出しが倍々に増える再帰を書かない' },
  why: {
    en: 'Both calls compute the same smaller results again: each step up doubles the work, and forty steps never end.',
    ja: '2つの呼び出しが同じ小さな結果を計算し直します。1段ごとに倍になり、40段では終わりません。',
  },
  fix: {
    en: 'Keep results that were computed, or count up in a loop.',
    ja: '一度計算した結果を保存するか、小さい方から順にループで計算してください。',
  },
  messages: {
    double: {
      en: '“{callee}” calls itself twice for smaller values and keeps no results.',
      ja: '「{callee}」が、結果を保存せずに、より小さい値で自分自身を二回呼んでいます。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/steps.ts':
            'export function ways(n: number): number {\n  return n < 2 ? 1 : ways(n - 1) + ways(n - 2);\n}\n',
        },
      },
      {
        files: { 'steps.py': 'def ways(n):\n    if n < 2:\n        return 1\n    return ways(n - 1) + ways(n - 2)\n' },
      },
      {
        files: {
          'steps.go':
            'package steps\n\nfunc Ways(n int) int {\n\tif n < 2 {\n\t\treturn 1\n\t}\n\treturn Ways(n-1) + Ways(n-2)\n}\n',
        },
      },
      {
        files: {
          'src/steps.c': 'int ways(int n) {\n  if (n < 2) return 1;\n  return ways(n - 1) + ways(n - 2);\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'steps.py':
            'from functools import cache\n\n\n@cache\ndef ways(n):\n    return 1 if n < 2 else ways(n - 1) + ways(n - 2)\n',
        },
      },
      {
        files: {
          'src/tree.ts':
            'export function size(node: Node | null): number {\n  return node === null ? 0 : 1 + size(node.left) + size(node.right);\n}\n',
        },
      },
      {
        files: {
          'src/steps.ts':
            'const memo = new Map<number, number>();\nexport function ways(n: number): number {\n  const known = memo.get(n);\n  if (known !== undefined) return known;\n  const value = n < 2 ? 1 : ways(n - 1) + ways(n - 2);\n  memo.set(n, value);\n  return value;\n}\n',
        },
      },
      {
        files: {
          'src/factorial.rs':
            'pub fn factorial(n: u64) -> u64 {\n    if n < 2 { 1 } else { n * factorial(n - 1) }\n}\n',
        },
      },
    ],
  },

  *check({ slowForms }) {
    yield* slowFormsOf(slowForms, { form: 'double-recursion', messageId: 'double' });
  },
});
