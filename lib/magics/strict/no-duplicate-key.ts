import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { defineRule } from '../define';
import { removal } from '../edits/lines';
import type { LineEdit } from '../types';

export const noDuplicateKey = defineRule({
  id: 'strict/no-duplicate-key',
  catalogue: 'STR-L7',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://eslint.org/docs/latest/rules/no-dupe-keys',
    'https://eslint.org/docs/latest/rules/no-duplicate-case',
    'https://docs.astral.sh/ruff/rules/multi-value-repeated-key-literal/',
    'https://cwe.mitre.org/data/definitions/561.html',
  ],
  tags: ['CWE-561', 'CWE-694'],
  options: z.object({}),

  title: { en: 'No key or case given twice', ja: '同じキーや case を二度書かない' },
  why: {
    en: 'Of two equal keys one value is lost, of two equal cases one never runs, and nobody is told.',
    ja: '同じキーでは片方の値が失われ、同じ case では片方が実行されません。警告もありません。',
  },
  fix: {
    en: 'Remove one of the two, or correct the key that was meant to differ.',
    ja: '片方を取り除くか、異なるはずのキーを直してください。',
  },
  messages: {
    key: { en: 'The key {key} was already given on line {first}.', ja: 'キー {key} は{first}行目にもあります。' },
    case: {
      en: 'The case {key} was already listed on line {first}.',
      ja: 'case の値 {key} は{first}行目にもあります。',
    },
  },
  edit: withoutRepetition,
  mends: ({ messageId }) => messageId === 'key',
  examples: {
    bad: [
      { files: { 'src/fees.ts': "export const fees = {\n  card: 3,\n  bank: 1,\n  'card': 2,\n};\n" } },
      { files: { 'fees.py': 'FEES = {\n    "card": 3,\n    "bank": 1,\n    "card": 2,\n}\n' } },
      {
        files: {
          'src/fee.js':
            'export function fee(kind) {\n  switch (kind) {\n    case 1:\n      return 3;\n    case 2:\n      return 1;\n    case 1:\n      return 2;\n    default:\n      return 0;\n  }\n}\n',
        },
      },
      {
        files: {
          'src/Fees.java':
            'class Fees {\n  static final Map<String, Integer> FEES = Map.of("card", 3, "bank", 1, "card", 2);\n}\n',
        },
      },
      { files: { 'fees.rb': 'FEES = { card: 3, bank: 1, card: 2 }\n' } },
      { files: { 'src/fees.php': "<?php\n$fees = ['card' => 3, 'bank' => 1, 'card' => 2];\n" } },
      {
        files: {
          'src/Fees.cs':
            'class Fees {\n  object Make() {\n    return new Dictionary<string, int> { { "card", 3 }, { "card", 2 } };\n  }\n}\n',
        },
      },
      {
        files: {
          'bin/fee.sh': '#!/bin/bash\ncase "$1" in\n  card) echo 3 ;;\n  bank) echo 1 ;;\n  card) echo 2 ;;\nesac\n',
        },
      },
      { files: { 'src/fees.kt': 'val fees = mapOf("card" to 3, "bank" to 1, "card" to 2)\n' } },
    ],
    good: [
      {
        files: {
          'src/fees.ts':
            'export const fees = {\n  card: 3,\n  ...base,\n  card: 2,\n  get bank() {\n    return 1;\n  },\n  set bank(n) {},\n  [kind()]: 1,\n  [kind()]: 2,\n};\n',
        },
      },
      { files: { 'fees.py': 'FEES = {"card": 3, b"card": 2, 1: 1, "1": 2, **BASE, f"{x}": 1, f"{x}": 2}\n' } },
      {
        files: {
          'src/fee.rs':
            'fn fee(kind: u8, is_new: bool) -> u8 {\n    match kind {\n        1 if is_new => 3,\n        1 => 2,\n        _ => 0,\n    }\n}\n',
        },
      },
      { files: { 'fees.rb': 'FEES = { card: 3, "card" => 1, "bank" => 2 }\n' } },
      {
        files: {
          'src/fees.c': 'static const int fees[] = {\n#ifdef A\n  [CARD] = 3,\n#else\n  [CARD] = 2,\n#endif\n};\n',
        },
      },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, firstLine = 0 } of logicFlaws) {
      if (role !== 'production' || (form !== 'duplicate-key' && form !== 'duplicate-case')) continue;
      yield {
        messageId: form === 'duplicate-key' ? 'key' : 'case',
        data: { key: text.slice(0, 80), first: firstLine },
        location: { path, line },
        related: [{ path, line: firstLine }],
        evidence: text,
        anchor: text,
      };
    }
  },
});

/** A key and a value that is the same each time: a text, a number, a word. */
const PLAIN_ENTRY =
  /^(?:[\w$]+|"[^"\\]*"|'[^'\\]*') ?(?::|=>) ?(?:"[^"\\]*"|'[^'\\{]*'|-?\d[\d._]*|true|false|null|undefined|True|False|None|nil)$/;

/** The later of two equal entries says nothing; entries that differ are for a person to decide. */
function withoutRepetition({ data, line }: EditedFinding, { lines }: EditedFile): readonly LineEdit[] {
  const entryAt = (number: number) => (lines[number - 1] ?? '').trim().replace(/,$/, '');
  const entry = entryAt(line);
  return PLAIN_ENTRY.test(entry) && entry === entryAt(Number(data.first)) && line !== data.first ? [removal(line)] : [];
}
