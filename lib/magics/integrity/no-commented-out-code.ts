import * as z from 'zod';
import { defineRule } from '../define';
import { commentRemoval } from '../edits/comments';
import { codeBlocks } from './commented-code';

export const noCommentedOutCode = defineRule({
  id: 'integrity/no-commented-out-code',
  catalogue: 'INT-12',
  group: 'completion',
  severity: 'low',
  needs: ['comments', 'files'],
  limits: { per: 'kloc', good: 0.05, bad: 1 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-125/',
    'https://docs.astral.sh/ruff/rules/commented-out-code/',
  ],
  tags: ['CWE-1085', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'No code kept in comments', ja: 'コメントアウトしたコードを残さない' },
  why: {
    en: 'Nobody knows whether it still works or why it was kept. Searches and readers trip over it; history keeps it anyway.',
    ja: '今も動くのか、なぜ残したのか誰にも分かりません。検索や読解の妨げになり、必要なら履歴から取り出せます。',
  },
  fix: {
    en: 'Delete it. When it is needed again, the history has it; when it is a plan, write the plan in words.',
    ja: '削除してください。再び必要になれば履歴にあります。予定なら、コードではなく言葉で書いてください。',
  },
  messages: {
    block: {
      en: '{lines} {lines|line of code stands|lines of code stand} in a comment.',
      ja: '{lines}行のコードがコメントの中に残っています。',
    },
  },
  edit: ({ line, endLine }, file) => commentRemoval(file, line, endLine),
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts':
            'export function pay(card: Card) {\n  // const total = card.amount * 3;\n  // if (total > limit) {\n  //   refuse(card);\n  //   return null;\n  // }\n  return charge(card);\n}\n',
        },
      },
      {
        files: {
          'pay.py':
            '# def refund(card):\n#     total = card.amount\n#     for item in card.items:\n#         total -= item.price\n#     return total\n\n\ndef pay(card):\n    return charge(card)\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            'class Pay {\n  /*\n  int refund(Card card) {\n    int total = card.amount();\n    total -= card.fee();\n    audit.write(total);\n    return total;\n  }\n  */\n  int pay(Card card) { return charge(card); }\n}\n',
        },
      },
      {
        files: {
          'pay.go':
            'package pay\n\nfunc Pay(c Card) int {\n\t// total := c.Amount\n\t// if total > limit {\n\t// \tlog.Println(total)\n\t// \treturn 0\n\t// }\n\treturn charge(c)\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            '// Charges the card. The bank wants two calls:\n// const id = open(card);\n// charge(id);\n// settle(id);\n// close(id);\n// log(id);\nexport const pay = (card: Card) => charge(card);\n\n// if (a) {\n//   b();\n// }\nexport const b = 1;\n',
        },
      },
      {
        files: {
          'src/run.c':
            'int main(void) {\n  // Uncomment this for a ready-made example\n  /*struct Graph* g = create(4);\n  add(g, 0, 1);\n  add(g, 0, 2);\n  add(g, 1, 2);\n  add(g, 2, 3);\n  sort(g);*/\n  return 0;\n}\n',
          'src/lib.rs':
            '// The parser reads a token, then looks at the one after it.\n// When both are names it keeps the first; otherwise it\n// drops both and goes on. This is what the standard\n// calls a lookahead of one; nothing else in this file\n// looks further than that.\npub fn parse(n: u32) -> u32 { n + 1 }\n',
        },
      },
      {
        files: {
          'src/Pay.java':
            '/*\n * Copyright (c) 2024 Ada.\n *\n * Licensed under the MIT licence; see LICENSE.\n * No warranty of any kind; use it as you like.\n * Ask before you fork it.\n */\nclass Pay {\n  /**\n   * <pre>\n   * Pay p = new Pay();\n   * p.open();\n   * p.charge();\n   * p.close();\n   * </pre>\n   */\n  int pay(Card card) { return charge(card); }\n}\n',
        },
      },
      {
        files: {
          'pay.py':
            '# name      value     unit\n# -----------------------\n# limit     100       yen\n# fee       3         %\n# retries   2         -\nLIMIT = 100\n\n# 例:\n# pay(card)\n# total = sum(card)\n# close(card)\n# log(card)\n# done(card)\nFEE = 3\n',
          'settings.yml': '# host: a\n# port: 1\n# user: b\n# mode: c\n# name: d\nx: 1\n',
        },
      },
    ],
  },

  *check({ comments, files }) {
    // Settings that are switched off document what can be set.
    const isCode = new Set(
      files.filter(({ role, language }) => role === 'production' && language !== null).map(({ path }) => path),
    );
    const written = comments.filter(({ path, role }) => role === 'production' && isCode.has(path));
    for (const { path, line, endLine, text } of codeBlocks(written)) {
      yield {
        messageId: 'block',
        data: { lines: endLine - line + 1 },
        location: { path, line, endLine },
        evidence: text,
        anchor: text,
      };
    }
  },
});
