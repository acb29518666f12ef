import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { type CheckOutput, defineRule } from '../define';
import { indentOf, replacement } from '../edits/lines';
import type { LineEdit } from '../types';

export const noFocusedTest = defineRule({
  id: 'tdd/no-focused-test',
  catalogue: 'TDD-14',
  group: 'verification',
  severity: 'critical',
  confidence: 0.95,
  needs: ['tests'],
  limits: { per: 'sites', good: 0, bad: 1 },
  effort: 'trivial',
  references: [
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/no-focused-tests.md',
    'https://github.com/mochajs/eslint-plugin-mocha/blob/main/docs/rules/no-exclusive-tests.md',
  ],
  tags: ['ISO27001 A.8.29', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'No focused test', ja: '一部のテストだけを走らせない' },
  why: {
    en: 'One focus switches off every other test of the file, and the run is still green.',
    ja: '一か所の指定で同じファイルのほかのテストがすべて止まり、それでも結果は成功になります。',
  },
  fix: { en: 'Remove `.only`, `fit` or `fdescribe`.', ja: '`.only`、`fit`、`fdescribe` を取り除いてください。' },
  messages: {
    focused: {
      en: 'Only “{name}” runs; the tests beside it are switched off.',
      ja: '「{name}」だけが実行され、ほかのテストは止まっています。',
    },
  },
  edit: withoutFocus,
  examples: {
    bad: [
      {
        files: {
          'src/pay.test.ts':
            "test.only('pays', () => {\n  expect(pay(1)).toBe(2);\n});\ntest('refunds', () => {\n  expect(refund(1)).toBe(1);\n});\n",
        },
      },
      {
        files: {
          'spec/pay.spec.js':
            "describe('pay', () => {\n  fit('支払う', () => {\n    expect(pay(1)).toBe(2);\n  });\n});\n",
        },
      },
    ],
    good: [
      { files: { 'src/pay.test.ts': "test('pays only once', () => {\n  expect(pay.only(1)).toBe(2);\n});\n" } },
      {
        files: { 'src/rule.test.ts': "test('finds a focus', () => {\n  expect(find('test.only(1)')).toBe(1);\n});\n" },
      },
      { files: { 'tests/test_pay.py': 'def test_only():\n    assert pay(1) == 2\n' } },
    ],
  },

  *check({ tests }): CheckOutput {
    if (tests.length === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    for (const { path, line, endLine, name, isFocused } of tests) {
      if (isFocused)
        yield { messageId: 'focused', data: { name: name.slice(0, 120) }, location: { path, line, endLine } };
    }
  },
});

/** Forms of a focus, each with what stands there without it. */
const FOCUSES: readonly (readonly [form: RegExp, plain: string])[] = [
  [/\b((?:it|test|describe|context|suite|specify|bench)(?:\.(?!only\b)\w{1,20}){0,3})\.only(?=[.(`])/g, '$1'],
  [/\bf(it|describe|context)(?=[.(`])/g, '$1'],
  [/(?<=\))->only\(\)/g, ''],
  [/, ?(?:focus: true|:focus)\b(?= do$| \{|,)/g, ''],
];
/** Lines between the head of a focused suite and its first test. */
const MAX_SUITE_HEAD = 200;

function withoutFocus({ line, endLine }: EditedFinding, { lines }: EditedFile): readonly LineEdit[] {
  const own = indentOf(lines[line - 1] ?? '').length;
  const suites = lines
    .map((text, at) => ({ text, line: at + 1 }))
    .slice(Math.max(0, line - MAX_SUITE_HEAD), line - 1)
    .reverse()
    .filter(({ text }) => text.trim() !== '' && indentOf(text).length < own)
    .map((suite) => suite.line);
  for (const place of [line, ...(endLine > line ? [endLine] : []), ...suites]) {
    const plain = plainLine(lines[place - 1] ?? '');
    if (plain !== null) return [replacement(place, plain)];
  }
  return [];
}

/** The line without its focus; null when it has none, or more than one. */
function plainLine(text: string): string | null {
  const forms = FOCUSES.filter(([form]) => text.match(form)?.length === 1);
  const [only] = forms;
  return only && forms.length === 1 ? text.replace(...only) : null;
}
