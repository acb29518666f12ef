import * as z from 'zod';
import { defineRule } from '../define';
import { statementRemoval } from '../edits/statements';

const JUMP = /^(?:break|continue);?$/;

export const noUnreachableCode = defineRule({
  id: 'strict/no-unreachable-code',
  catalogue: 'STR-L3',
  group: 'logic',
  severity: 'medium',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-1763/',
    'https://eslint.org/docs/latest/rules/no-unreachable',
    'https://cwe.mitre.org/data/definitions/561.html',
  ],
  tags: ['CWE-561'],
  options: z.object({}),

  title: { en: 'No unreachable code', ja: '到達しないコードを残さない' },
  why: {
    en: 'Somebody believes that it runs. Either it should, and a return stands in its way, or it is dead weight.',
    ja: '実行されると信じられているコードです。手前の return が誤りか、不要な残骸のどちらかです。',
  },
  fix: {
    en: 'Remove it, or move the jump before it.',
    ja: '削除するか、手前の return などを正しい位置に移してください。',
  },
  messages: { unreachable: { en: 'This never runs: {code}', ja: 'この文は実行されません：{code}' } },
  // What else stands there may show what was meant; a jump after a jump shows nothing.
  edit: ({ line }, file) => (JUMP.test(file.lines[line - 1]?.trim() ?? '') ? statementRemoval(file, line) : []),
  mends: ({ data }) => JUMP.test(String(data.code)),
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'export function pay(card: Card) {\n  return charge(card);\n  log(card);\n}\n' } },
      { files: { 'pay.py': 'def pay(card):\n    raise ValueError(card)\n    charge(card)\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay(n int) int {\n\treturn n + 1\n\tlog(n)\n}\n' } },
    ],
    good: [
      {
        files: {
          'include/write.h':
            'namespace shop {\ninline auto write(iterator out, int size) -> iterator {\n  return write_padded<Char, align::right>(\n      out, size, [&](iterator it) {\n        return fill(it, size);\n      });\n}\n}\n',
          'src/kind.js':
            'function kind(n) {\n  switch (n) {\n    case 1:\n      return a;\n      break;\n    default:\n      return b;\n  }\n}\n',
        },
      },
      { files: { 'src/pay.ts': 'export function pay(card: Card) {\n  if (!card) return;\n  log(card);\n}\n' } },
      {
        files: {
          'src/hoist.js':
            'export function pay(card) {\n  return charge(card);\n  function charge(one) {\n    return one.pay();\n  }\n}\n',
        },
      },
      { files: { 'pay.py': 'def rows():\n    return\n    yield\n\n\ndef 支払う(n):\n    return n * 2\n' } },
      { files: { 'pay.go': 'package pay\n\nfunc Pay(n int) int {\n\tgoto done\ndone:\n\treturn n + 1\n}\n' } },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text } of logicFlaws) {
      if (role !== 'production' || form !== 'unreachable' || /^yield\b/.test(text)) continue;
      yield {
        messageId: 'unreachable',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        anchor: text,
      };
    }
  },
});
