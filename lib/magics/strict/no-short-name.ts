import * as z from 'zod';
import { defineRule, type Examples } from '../define';
import { isJudged } from '../functions';

const lines = (count: number, form: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => form(n)).join('');

export const noShortName = defineRule({
  id: 'strict/no-short-name',
  catalogue: 'STR-M7',
  group: 'maintainability',
  severity: 'low',
  needs: ['shortNames', 'functions'],
  limits: { per: 'measure', good: 0.03, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  weight: 0.5,
  effort: 'trivial',
  references: [
    'https://eslint.org/docs/latest/rules/id-length',
    'https://pylint.readthedocs.io/en/stable/user_guide/messages/convention/invalid-name.html',
  ],
  tags: ['CWE-1099', 'ISO25010 maintainability'],
  options: z.object({}),

  title: { en: 'No one-letter name over many lines', ja: '一文字の名前を長い範囲で使わない' },
  why: {
    en: 'The reader has to look back for what the letter stood for, each time it appears.',
    ja: '現れるたびに、その文字が何だったかを読み返すことになります。',
  },
  fix: { en: 'Name the variable after what it holds.', ja: '変数に、中身を表す名前を付けてください。' },
  messages: {
    short: {
      en: '“{name}” is used over many lines; its name says nothing.',
      ja: '「{name}」は長い範囲で使われますが、名前から中身が分かりません。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        files: {
          'src/report.ts': `export function report(source: Source) {\n  const q = source.open();\n${lines(16, (n) => `  show(q, ${n});\n`)}}\n`,
        },
      },
      { files: { 'report.py': `def report(d):\n${lines(18, (n) => `    show(d, ${n})\n`)}` } },
      {
        files: {
          'src/Report.java': `class Report {\n  void report(Source source) {\n    Query q = source.open();\n${lines(16, (n) => `    show(q, ${n});\n`)}  }\n}\n`,
        },
      },
    ],
    good: [
      {
        files: {
          'src/report.ts': `export function report(source: Source) {\n  for (let i = 0; i < 3; i++) show(i);\n  const rows = source.rows.map((r) => r.id);\n${lines(16, (n) => `  show(rows, ${n});\n`)}}\n`,
        },
      },
      { files: { 'report.py': `def report(x, y):\n${lines(18, (n) => `    show(x, y, ${n})\n`)}` } },
      {
        files: {
          'report.go': `package report\n\nfunc Report(s Source) {\n${lines(18, (n) => `\tshow(s, ${n})\n`)}}\n`,
        },
      },
      {
        files: {
          'src/short.js': `export function short(q) {\n  show(q);\n${lines(18, (n) => `  show(${n});\n`)}}\n`,
        },
      },
    ],
  }),

  *check({ shortNames, functions }) {
    const judged = functions.filter(isJudged).length;
    const named = new Set<string>();
    for (const { path, role, line, name, functionLine } of shortNames) {
      if (role !== 'production') continue;
      named.add(`${path}:${functionLine}`);
      yield { messageId: 'short', data: { name }, location: { path, line }, anchor: `${name} ${functionLine - line}` };
    }
    const value = judged === 0 ? 0 : named.size / judged;
    return { value, population: judged, metrics: { short_names: named.size } };
  },
});
