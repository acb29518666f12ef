import * as z from 'zod';
import { defineRule, type Examples } from '../define';
import { extensionOf, isSourcePath } from '../paths';
import { lines } from '../sketches';

/** Source by its ending, but nothing that a test would run. */
const NOT_PROGRAMS = new Set(
  'html htm xhtml css scss sass less styl graphql gql proto thrift sql hbs mustache ejs njk twig erb haml slim tf hcl bicep'.split(
    ' ',
  ),
);

export const hasEnoughTests = defineRule({
  id: 'tdd/has-enough-tests',
  catalogue: 'TDD-02',
  group: 'presence',
  severity: 'medium',
  confidence: 0.8,
  needs: ['files', 'tests'],
  limits: { per: 'measure', good: 0.6, bad: 0.1, range: [0, Number.POSITIVE_INFINITY] },
  report: 'beyond-limit',
  effort: 'large',
  references: ['https://martinfowler.com/bliki/TestCoverage.html'],
  tags: ['ISO27001 A.8.29', 'SSDF PW.8'],
  options: z.object({}),

  title: { en: 'Tests keep pace with the code', ja: 'コードの量に見合うテストがある' },
  why: {
    en: 'Where tests are few beside the code, most of what the code does is checked by nobody.',
    ja: 'コードに比べてテストが少なければ、その動きの大半は誰にも確かめられていません。',
  },
  fix: {
    en: 'Add tests where the code changes most, and bring tests with each new piece of code.',
    ja: '変更の多い箇所からテストを足し、新しいコードには必ずテストを添えてください。',
  },
  messages: {
    few: {
      en: '{tests} lines of tests stand beside {code} lines of code: {ratio} lines of test per line of code.',
      ja: 'コード{code}行に対してテストは{tests}行です（コード1行あたり{ratio}行）。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { files: { 'src/pay.ts': lines(40) } },
      {
        files: {
          'shop/pay.py': lines(30, 'value'),
          'tests/test_pay.py': 'def test_pay():\n    assert value1 == 1\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts': lines(3),
          'src/pay.test.ts': "test('pays', () => {\n  expect(pay(1)).toBe(2);\n});\n",
        },
      },
      {
        files: {
          'src/lib.rs':
            'pub fn a(n: u32) -> u32 {\n    n + 1\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n        let one = super::a(0);\n        let two = super::a(one);\n        assert_eq!(one, 1);\n        assert_eq!(two, 2);\n    }\n}\n',
        },
      },
      {
        files: {
          'src/main.c': 'int a(void)\n{\n  return 1;\n}\n',
          'tests/a.tcl': 'test one {\n  check [a] 1\n}\ntest two {\n  check [a] 1\n}\n',
          'src/site.css': lines(80, '.a'),
        },
      },
    ],
  }),

  *check({ files, tests }) {
    const inline = new Map<string, number>();
    for (const { path, role, line, endLine } of tests) {
      if (role === 'production') inline.set(path, (inline.get(path) ?? 0) + endLine - line + 1);
    }
    let code = 0;
    let testing = 0;
    for (const { path, role, codeLines, language } of files) {
      if (language === null && (!isSourcePath(path) || NOT_PROGRAMS.has(extensionOf(path)))) continue;
      const own = Math.min(codeLines, inline.get(path) ?? 0);
      if (role === 'test') testing += codeLines;
      if (role !== 'production') continue;
      code += codeLines - own;
      testing += own;
    }
    if (code === 0) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const ratio = testing / code;
    yield {
      messageId: 'few',
      data: { tests: testing, code, ratio: Math.round(ratio * 100) / 100 },
      anchor: 'few',
    };
    return { value: ratio, population: code, metrics: { test_code_ratio: Math.round(ratio * 1000) / 1000 } };
  },
});
