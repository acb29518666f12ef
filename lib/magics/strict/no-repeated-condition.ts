import * as z from 'zod';
import { defineRule } from '../define';

export const noRepeatedCondition = defineRule({
  id: 'strict/no-repeated-condition',
  catalogue: 'STR-L2',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-1862/',
    'https://eslint.org/docs/latest/rules/no-dupe-else-if',
    'https://cwe.mitre.org/data/definitions/561.html',
  ],
  tags: ['CWE-561', 'CWE-570'],
  options: z.object({}),

  title: { en: 'No condition asked twice in one chain', ja: '同じ条件を else if で繰り返さない' },
  why: {
    en: 'The second branch never runs: the first takes all its cases. One of the two was meant to ask something else.',
    ja: '先の分岐がすべて受け取るため、後の分岐は実行されません。どちらかは別の条件のはずです。',
  },
  fix: {
    en: 'Write the condition that was meant, or merge the branches.',
    ja: '意図した条件に直すか、分岐を1つにまとめてください。',
  },
  messages: {
    repeated: {
      en: 'This condition was already asked on line {first}: {code}',
      ja: 'この条件は{first}行目ですでに調べています：{code}',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/fee.ts':
            "export function fee(kind: string) {\n  if (kind === 'card') return 3;\n  else if (kind === 'bank') return 1;\n  else if (kind === 'card') return 2;\n  return 0;\n}\n",
        },
      },
      {
        files: {
          'fee.py':
            'def fee(order):\n    if isinstance(order, str):\n        return 3\n    elif order is None:\n        return 0\n    elif isinstance(order, str):\n        return 1\n    return 2\n',
        },
      },
      {
        files: {
          'fee.go':
            'package fee\n\nfunc Fee(n int) int {\n\tif n > 10 {\n\t\treturn 3\n\t} else if n > 10 && n < 20 {\n\t\treturn 2\n\t}\n\treturn 1\n}\n',
        },
      },
      {
        files: {
          'fee.rb':
            'def fee(kind)\n  if kind == 1\n    3\n  elsif kind == 2\n    2\n  elsif kind == 1\n    1\n  end\nend\n',
        },
      },
      {
        files: {
          'src/fee.kt':
            'fun fee(kind: Int): Int {\n    if (kind == 1) {\n        return 3\n    } else if (kind == 1) {\n        return 2\n    } else {\n        return 0\n    }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/parse.js':
            "export function parse(p) {\n  if (p.accept('a')) return 1;\n  else if (p.next() && p.accept('b')) return 2;\n  else if (p.accept('a')) return 3;\n  return 0;\n}\n",
        },
      },
      {
        files: {
          'fee.go':
            'package fee\n\nfunc Fee(a, b string) int {\n\tif n := len(a); n > 1 {\n\t\treturn 1\n\t} else if n := len(b); n > 1 {\n\t\treturn 2\n\t}\n\treturn 0\n}\n',
        },
      },
      {
        files: {
          'fee.py':
            'def fee(kind, size):\n    if kind == 1 and size > 2:\n        return 3\n    elif kind == 1:\n        return 2\n    if kind == 1:\n        return 1\n    return 0\n',
        },
      },
      {
        files: {
          'src/read.c':
            'int read_next(int c) {\n  if (c == 1) {\n    return 1;\n  } else if ((c = get()) == 2) {\n    return 2;\n  } else if (c == 1) {\n    return 3;\n  }\n  return 0;\n}\n',
        },
      },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, firstLine = 0 } of logicFlaws) {
      if (role !== 'production' || form !== 'repeated-condition') continue;
      yield {
        messageId: 'repeated',
        data: { code: text.slice(0, 80), first: firstLine },
        location: { path, line },
        related: [{ path, line: firstLine }],
        evidence: text,
        anchor: text,
      };
    }
  },
});
