import * as z from 'zod';
import { defineRule } from '../define';

/** A condition written as a constant may be a switch somebody left in; the others are slips. */
const SWITCHED = 'literal';

export const noConstantCondition = defineRule({
  id: 'strict/no-constant-condition',
  catalogue: 'STR-L4',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://eslint.org/docs/latest/rules/no-constant-condition',
    'https://eslint.org/docs/latest/rules/use-isnan',
    'https://docs.astral.sh/ruff/rules/assert-on-string-literal/',
    'https://cwe.mitre.org/data/definitions/571.html',
  ],
  tags: ['CWE-570', 'CWE-571'],
  options: z.object({}),

  title: { en: 'No condition that never changes', ja: '常に同じ結果になる条件を書かない' },
  why: {
    en: 'One branch never runs, and the check that a reader sees is not made.',
    ja: '片方の分岐は実行されず、読み手が信じる確認も行われていません。',
  },
  fix: {
    en: 'Write the comparison that was meant, or remove the branch that never runs.',
    ja: '意図した比較に直すか、実行されない分岐を取り除いてください。',
  },
  messages: {
    literal: { en: 'This condition is fixed: {code}', ja: '条件が固定されています：{code}' },
    operand: {
      en: 'A literal decides this condition, whatever the rest says: {code}',
      ja: 'リテラルだけで結果が決まり、残りの条件は意味を持ちません：{code}',
    },
    assigned: {
      en: 'This assigns a fixed value instead of comparing: {code}',
      ja: '比較ではなく固定値の代入になっています：{code}',
    },
    nan: {
      en: 'NaN equals nothing, not even itself: {code}',
      ja: 'NaN はどの値とも、自分自身とも等しくなりません：{code}',
    },
    fresh: {
      en: 'A new object equals no other: {code}',
      ja: '新しく作ったオブジェクトは他のどれとも等しくなりません：{code}',
    },
    type: {
      en: '“typeof” never gives this word: {code}',
      ja: 'typeof がこの語を返すことはありません：{code}',
    },
    tuple: {
      en: 'A tuple that is not empty always holds, so nothing is asserted: {code}',
      ja: '空でないタプルは常に真なので、何も検証していません：{code}',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts':
            "export function isPaid(kind: string) {\n  if (kind === 'card' || 'bank') return true;\n  return false;\n}\n",
        },
      },
      {
        files: {
          'pay.py':
            'def pay(kind):\n    if kind == "card" or "bank":\n        return 1\n    assert (kind, "no kind")\n    return 2\n',
        },
      },
      { files: { 'src/pay.c': 'int pay(int kind) {\n  if (kind = 1) {\n    return 2;\n  }\n  return 0;\n}\n' } },
      {
        files: {
          'src/num.js':
            'export function check(x) {\n  if (x === NaN) throw new Error("bad");\n  return typeof x === "strnig" || x === [];\n}\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  int pay(double x) {\n    if (x == Double.NaN) {\n      return 1;\n    }\n    return 2;\n  }\n}\n',
        },
      },
      { files: { 'pay.rb': 'def pay(x)\n  if false\n    x\n  else\n    2\n  end\nend\n' } },
    ],
    good: [
      {
        files: {
          'src/loop.ts':
            'export function drain(queue: Queue) {\n  while (true) {\n    const next = queue.shift();\n    if (!next) break;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/once.c':
            'int once(int x) {\n  do {\n    if (x) break;\n    x = next();\n  } while (0);\n  return x;\n}\n',
        },
      },
      {
        files: {
          'pay.py':
            'def pay(kind):\n    name = kind or "bank"\n    while 1:\n        if name:\n            return name\n    assert name, "no name"\n',
        },
      },
      {
        files: {
          'src/read.c': 'int read_all(int c) {\n  while ((c = get()) != 0) {\n    use(c);\n  }\n  return c;\n}\n',
        },
      },
      {
        files: {
          'src/num.js': 'export const check = (x) => Number.isNaN(x) || typeof x === "bigint" || x.length === 0;\n',
        },
      },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, detail = '' } of logicFlaws) {
      if (role !== 'production' || form !== 'constant-condition') continue;
      const kind = detail.split(':', 1)[0] ?? '';
      yield {
        messageId: MESSAGES[kind] ?? SWITCHED,
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: kind === SWITCHED ? 'medium' : 'high',
        anchor: text,
      };
    }
  },
});

const MESSAGES: Readonly<Record<string, string>> = {
  operand: 'operand',
  assigned: 'assigned',
  nan: 'nan',
  'new-object': 'fresh',
  typeof: 'type',
  tuple: 'tuple',
};
