import * as z from 'zod';
import { defineRule } from '../define';

export const noIdenticalOperands = defineRule({
  id: 'strict/no-identical-operands',
  catalogue: 'STR-L1',
  group: 'logic',
  severity: 'high',
  needs: ['logicFlaws'],
  limits: { per: 'kloc', good: 0, bad: 0.5 },
  effort: 'trivial',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-1764/',
    'https://eslint.org/docs/latest/rules/no-self-compare',
    'https://cwe.mitre.org/data/definitions/682.html',
  ],
  tags: ['CWE-682', 'CWE-571'],
  options: z.object({}),

  title: { en: 'No operator with the same value on both sides', ja: '演算子の両辺に同じ値を書かない' },
  why: {
    en: 'The result is fixed, so one side was meant to be something else: a copy that was not finished.',
    ja: '結果が決まっているため、片方は別の値のはずです。写し間違いの典型です。',
  },
  fix: {
    en: 'Put in the value that was meant, or remove the operation.',
    ja: '意図した値に直すか、演算を取り除いてください。',
  },
  messages: { same: { en: 'Both sides are the same: {code}', ja: '両辺が同じです：{code}' } },
  examples: {
    bad: [
      { files: { 'src/rect.ts': 'export const isSquare = (a: Rect) => a.width < a.width || a.open;\n' } },
      { files: { 'rect.py': 'def is_open(a, b):\n    return a.open and a.open\n' } },
      {
        files: {
          'src/Rect.java': 'class Rect {\n  boolean inside(int x) {\n    return left < x && left < x;\n  }\n}\n',
        },
      },
    ],
    good: [
      { files: { 'src/rect.ts': 'export const isSquare = (a: Rect) => a.width === a.height;\n' } },
      { files: { 'rect.py': 'def is_nan(value):\n    return value != value\n' } },
      {
        files: {
          'src/num.js': 'export const isNotNumber = (値) => 値 !== 値;\nexport const next = () => read() || read();\n',
        },
      },
      { files: { 'grid.go': 'package grid\n\nfunc Mask(n int) int {\n\treturn 1<<1 | n*n + n + n\n}\n' } },
    ],
  },

  *check({ logicFlaws }) {
    for (const { path, role, line, form, text } of logicFlaws) {
      if (role !== 'production' || form !== 'identical-operands' || isNanTest(text)) continue;
      yield {
        messageId: 'same',
        data: { code: text.slice(0, 80) },
        location: { path, line },
        evidence: text,
        severity: mayBeNanTest(text) ? 'medium' : 'high',
        anchor: text,
      };
    }
  },
});

/** `x !== x` is how NaN is found where no function says it. */
function isNanTest(text: string): boolean {
  const [left = '', operator = '', right = ''] = text.split(/\s*([!=]==?)\s*/, 3);
  return operator.startsWith('!') && left === right;
}

/** A lone variable that equals itself may ask the same question the other way round. */
function mayBeNanTest(text: string): boolean {
  const [left = '', right = ''] = text.split(/\s*===?\s*/, 2);
  return left === right && /^[\p{L}\p{N}_$]+$/u.test(left);
}
