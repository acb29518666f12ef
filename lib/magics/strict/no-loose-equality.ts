import * as z from 'zod';
import { defineRule } from '../define';

export const noLooseEquality = defineRule({
  id: 'strict/no-loose-equality',
  catalogue: 'STR-L9',
  group: 'logic',
  severity: 'low',
  upTo: 'medium',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0.5, bad: 10 },
  weight: 0.5,
  effort: 'trivial',
  references: [
    'https://eslint.org/docs/latest/rules/eqeqeq',
    'https://www.php.net/manual/en/types.comparisons.php',
    'https://cwe.mitre.org/data/definitions/697.html',
  ],
  tags: ['CWE-697'],
  terms: ['==', 'eqeqeq'],
  options: z.object({}),

  title: { en: 'No equality that converts types', ja: '型を変換する等値比較を使わない' },
  why: {
    en: 'Different values count as equal: an empty text is 0, and "0" is false.',
    ja: '異なる値が等しいと判定されます。空文字は 0 に、"0" は偽になります。',
  },
  fix: {
    en: 'Compare with === or !== and convert on purpose where types differ.',
    ja: '=== または !== で比べ、型が違うときは明示的に変換してください。',
  },
  messages: {
    loose: { en: 'This comparison converts its operands: {code}', ja: 'この比較は値を変換してから行われます：{code}' },
  },
  examples: {
    bad: [
      { files: { 'src/pay.js': 'export const isFree = (price) => price == 0;\n' } },
      {
        files: { 'src/pay.ts': 'export const isOpen = (state: State, wanted: State) => state.code != wanted.code;\n' },
      },
      { files: { 'src/pay.php': "<?php\nfunction isFree($price) {\n    return $price == '';\n}\n" } },
    ],
    good: [
      {
        files: {
          'src/same.js':
            'if (a.length != b.length) stop();\n// eslint-disable-next-line eqeqeq\nif (process.env.ID == id) log(id);\n',
        },
      },
      { files: { 'src/pay.js': 'export const isFree = (price) => price === 0 || price == null;\n' } },
      { files: { 'src/type.js': 'export const isText = (x) => typeof x == "string" && "a" == "a";\n' } },
      { files: { 'pay.py': 'def is_free(price):\n    return price == 0\n' } },
      { files: { 'src/pay.php': '<?php\nfunction isFree($price) {\n    return $price === 0 || $price == null;\n}\n' } },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text, detail } of logicFlaws) {
      if (role !== 'production' || form !== 'loose-equality') continue;
      yield {
        messageId: 'loose',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: detail === 'trap' && !text.includes('$') ? 'medium' : 'low',
        anchor: text,
      };
    }
  },
});
